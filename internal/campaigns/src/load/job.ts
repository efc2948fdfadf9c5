import type { Client } from '@llpay/core'

/** Something a caller does again and again, and the only ending that is right. */
export interface Job {
  readonly name: string
  /** How the gateway's book calls the request that it ends with. */
  readonly booked: string
  readonly run: (client: Client, caller: number, round: number) => Promise<boolean>
}

const agreementOf = (caller: number, round: number) =>
  String(2_014_031_700_000_000 + caller * 1_000_000 + round)

/** What the callers do in turn. Cards of customers whose number begins with "kept" are there. */
export const JOBS: readonly [Job, ...Job[]] = [
  {
    name: 'unbind',
    booked: 'card.unbind 0000',
    run: async (client, caller, round) => {
      const no_agree = agreementOf(caller, round)
      const result = await client.card.unbind({
        user_id: `kept-${caller}`,
        no_agree,
        pay_type: 'D',
      })
      return result.outcome === 'unbound' && result.evidence === 'signed-reply'
    },
  },
  {
    name: 'unbind a card that is not bound',
    booked: 'card.unbind 3003',
    run: async (client, caller, round) => {
      const params = { user_id: `none-${caller}`, no_agree: agreementOf(caller, round) }
      const error: unknown = await client.card.unbind(params).catch((reason: unknown) => reason)
      return error instanceof Error && Reflect.get(error, 'returnCode') === '3003'
    },
  },
  {
    name: "list a customer's card",
    booked: 'card.list 0000',
    run: async (client, caller) => {
      const user_id = `kept-list-${caller}`
      const no_agree = agreementOf(caller, 0)
      const { fields } = await client.card.list({ user_id, no_agree, pay_type: 'D' })
      return fields.user_id === user_id && fields.agreement_list?.[0]?.no_agree === no_agree
    },
  },
]
