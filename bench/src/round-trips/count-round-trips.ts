import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainSigner, plainVerifier } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { type Caller, ensureUnbound, isLLPayError, type SettleMode } from '@llpay/core'
import { createCaller } from '@llpay/core/adapter'
import { unbind } from '@llpay/core/apis/card'
import { createUnbindProcessor, type SentMarks } from '@llpay/core/bulk'

import { type BoundCard, CountingGateway } from './counting-gateway.ts'

/** What a case sent, and how often it waited for the gateway. */
export interface RoundTrips {
  readonly name: string
  readonly requests: number
  readonly roundTrips: number
}

interface Case {
  readonly name: string
  readonly bound: readonly BoundCard[]
  readonly losesReply?: boolean
  /** For how many cards the requests are; their mean is reported. */
  readonly cards?: number
  readonly run: (caller: Caller) => Promise<string>
}

const FIRST = 2_014_031_700_000_000
const LOST = { losesReply: true }
const MANY = 12

const signer = plainSigner(vectorKey('k2048').pkcs8Pem)
const verifiers = [plainVerifier(vectorKey('k1024').spkiPem)]

const cardOf = (number: number, of = 1, pay_type = 'D'): BoundCard => ({
  user_id: `customer ${Math.floor(number / of)}`,
  no_agree: String(FIRST + number),
  pay_type,
})
const CARD = cardOf(0)
const { pay_type: _, ...UNNAMED } = CARD
const OTHER = cardOf(0, 1, '3')

const callerOf = (gateway: CountingGateway, clock?: CountingGateway['clock']): Caller =>
  createCaller({
    oidPartner: OID_PARTNER,
    timeoutMs: 30_000,
    signer,
    verifiers,
    transport: gateway.transport,
    clock,
  })

const outcomeOf = (error: unknown): string => {
  if (!isLLPayError(error)) throw error
  return error.code
}

const unbindOnce = (settle: SettleMode) => async (caller: Caller) =>
  (await caller.call(unbind, CARD, { settle })).outcome

const ensure = async (caller: Caller) => (await ensureUnbound(caller, UNNAMED)).outcome

/** Marks that last as long as the run. */
function memoryMarks(): SentMarks {
  const sent = new Map<string, number>()
  return {
    has: async (id) => sent.has(id),
    add: async (id) => {
      const count = (sent.get(id) ?? 0) + 1
      sent.set(id, count)
      return count
    },
    outcomeOf: async () => undefined,
    keepOutcome: async (_id, outcome) => outcome,
  }
}

/** Unbinds cards as a run does, some at a time. */
const bulk =
  (cards: readonly BoundCard[], atOnce = 1) =>
  async (caller: Caller) => {
    const processor = createUnbindProcessor(caller, {
      oidPartner: OID_PARTNER,
      jobIdKey: new Uint8Array(32),
      marks: memoryMarks(),
    })
    const left = cards.values()
    const outcomes = new Set<string>()
    const work = async () => {
      for (const card of left) {
        // With its id: no HMAC is awaited that the clock would not wait for.
        const { outcome } = await processor.process(card, { jobId: card.no_agree })
        outcomes.add(outcome)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return [...outcomes].join(', ')
  }

const cardsOf = (of: number) => Array.from({ length: MANY }, (_each, number) => cardOf(number, of))

function bulkOf(of: number, atOnce: number): Case {
  const cards = cardsOf(of)
  const customers = `${of} ${of === 1 ? 'card' : 'cards'} of each customer`
  const name = `bulk, ${customers}, ${atOnce} in flight, per card`
  return { name, bound: cards, cards: MANY, run: bulk(cards, atOnce) }
}

const CASES: readonly Case[] = [
  ...(['never', 'auto', 'always'] as const).flatMap((settle): Case[] => {
    const run = unbindOnce(settle)
    const name = `unbind, settle: ${settle}`
    return [
      { name, bound: [CARD], run },
      { name: `${name}, reply lost`, bound: [CARD], ...LOST, run },
      { name: `${name}, not bound`, bound: [], run },
      { name: `${name}, bound for another product`, bound: [OTHER], run },
    ]
  }),
  { name: 'ensureUnbound', bound: [CARD], run: ensure },
  { name: 'ensureUnbound, reply lost', bound: [CARD], ...LOST, run: ensure },
  { name: 'ensureUnbound, bound for two products', bound: [CARD, OTHER], run: ensure },
  { name: 'ensureUnbound, not bound', bound: [], run: ensure },
  { name: 'bulk, reply lost', bound: [CARD], ...LOST, run: bulk([CARD]) },
  { name: 'bulk, not bound', bound: [], run: bulk([CARD]) },
  { name: 'bulk, bound for another product', bound: [OTHER], run: bulk([CARD]) },
  ...[1, 2, 4, 12].flatMap((of) => [bulkOf(of, 1), bulkOf(of, 4)]),
]

async function countCase({ name, bound, losesReply, cards = 1, run }: Case): Promise<RoundTrips> {
  const gateway = new CountingGateway(bound, losesReply)
  const outcome = await run(callerOf(gateway, gateway.clock)).catch(outcomeOf)
  const { requests, roundTrips } = gateway
  return {
    name: `${name}: ${outcome}`,
    requests: requests / cards,
    roundTrips: roundTrips / cards,
  }
}

/** Counts the requests and round trips of every kind of call. */
export async function countRoundTrips(): Promise<readonly RoundTrips[]> {
  // A virtual clock does not wait for what a call loads on demand.
  const first = new CountingGateway([CARD])
  await ensure(callerOf(first))
  const counts: RoundTrips[] = []
  for (const each of CASES) counts.push(await countCase(each))
  return counts
}
