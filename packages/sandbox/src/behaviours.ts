import type { Api } from '@llpay/core'
import { SAMPLES, type Sample } from '@llpay/core/samples'

import { answer, type Answer } from './answer.ts'
import type { BoundCard } from './bound-cards.ts'
import { SANDBOX_SMS_CODE } from './card-bindings.ts'
import type { SandboxState } from './state.ts'

/** What an endpoint does once the gate let a request pass. */
export type Behaviour = (
  members: Readonly<Record<string, string>>,
  state: Pick<SandboxState, 'cards' | 'bindings'>,
) => Answer

/** The card that a request speaks of; an omitted or empty member is none. */
function cardOf(members: Readonly<Record<string, string>>) {
  const { oid_partner = '', user_id = '', no_agree = '', pay_type, platform } = members
  return {
    oid_partner,
    user_id,
    no_agree,
    ...(pay_type ? { pay_type } : {}),
    ...(platform ? { platform } : {}),
  }
}

/** The signed answer of a request that was carried out. */
function success(members: Readonly<Record<string, string>>): Answer {
  const { members: code, signed } = answer('0000', { signed: true })
  return { members: { ...code, ...members }, signed }
}

const PAGE_SIZE = 20

/** What the sandbox makes up of a card, from the number of its agreement. */
function rowOf({ no_agree, card_no }: BoundCard): Record<string, string> {
  return {
    no_agree,
    card_no: card_no ?? no_agree.slice(-4).padStart(4, '0'),
    card_type: '2',
    bank_code: '01020000',
    bank_name: '中国工商银行',
    bind_mobile: '138****0000',
  }
}

/** A page of a customer's cards, newest first; a customer without cards has no record (8901). */
const listCards: Behaviour = (members, { cards }) => {
  const { oid_partner = '', user_id = '', pay_type = '2', platform = '', no_agree = '' } = members
  const found = cards
    .list()
    .filter(
      (card) =>
        card.oid_partner === oid_partner &&
        card.user_id === user_id &&
        (card.pay_type ?? '2') === pay_type &&
        (card.platform ?? '') === platform &&
        (no_agree === '' || card.no_agree === no_agree),
    )
    .toReversed()
  if (found.length === 0) return answer('8901')
  const offset = Number(members['offset'] ?? '0')
  const rows = found.slice(offset, offset + PAGE_SIZE).map(rowOf)
  return {
    ...success({ user_id, count: String(found.length) }),
    unsigned: { agreement_list: rows },
  }
}

/** Takes an application: the SMS is "sent", and its token waits for the code. */
const applyBind: Behaviour = (members, { bindings }) => {
  const { user_id = '', card_no = '' } = members
  const { no_agree: _, ...card } = cardOf(members)
  const { token } = bindings.apply({ ...card, card_no: card_no.slice(-4) })
  return success({ oid_partner: card.oid_partner, user_id, token })
}

/** Binds the card that was applied for, where token and code are right. */
const verifyBind: Behaviour = (members, { bindings, cards }) => {
  const { oid_partner = '', user_id = '', token = '', verify_code } = members
  const binding = bindings.find(token, user_id)
  if (binding === undefined) return answer('1000', { signed: true })
  if (verify_code !== SANDBOX_SMS_CODE) return answer('1900', { signed: true })
  bindings.finish(token)
  cards.bind(binding.card)
  const { no_agree, card_no = '' } = binding.card
  return success({ oid_partner, user_id, no_agree, card_no })
}

/** Answers as the endpoint's sample does, and repeats what it has in common with the request. */
function sampleBehaviour({ unsignedFields }: Api, { reply }: Sample): Behaviour {
  return (members) => {
    const signed: Record<string, string> = {}
    const unsigned: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(reply)) {
      if (unsignedFields.includes(name)) unsigned[name] = value
      else signed[name] = members[name] ?? String(value)
    }
    return { ...success(signed), unsigned }
  }
}

/** The behaviours that are more than a sample, by the endpoint's id. */
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'card.unbind': (members, { cards }) =>
    cards.unbind(cardOf(members)) ? answer('0000', { signed: true }) : answer('3003'),
  'card.list': listCards,
  'card.apply-bind': applyBind,
  'card.verify-bind': verifyBind,
}

/** What the sandbox does for an endpoint. */
export function behaviourOf(api: Api): Behaviour {
  const samples: Readonly<Record<string, Sample>> = SAMPLES
  return BEHAVIOURS[api.id] ?? sampleBehaviour(api, samples[api.id] ?? { params: {}, reply: {} })
}
