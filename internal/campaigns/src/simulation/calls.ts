import { OID_PARTNER } from '@internal/testkit/merchant'
import { isLLPayError } from '@llpay/core'
import { createCoreClient } from '@llpay/core/adapter/client'
import * as fc from 'fast-check'

import { withClock } from './clock.ts'
import { Gateway, GATEWAY_VERIFIER, MERCHANT_KEY } from './gateway.ts'
import { Network, type Connections, type Flight } from './network.ts'
import { anyAbsence, anyCard, type CardPlan } from './plan.ts'
import { newActor, World } from './world.ts'

/** A call of the client, and what becomes of it. */
interface CallPlan extends CardPlan {
  readonly call: 'auto' | 'always' | 'never' | 'list' | 'ensure'
  /** When the caller loses patience. */
  readonly abortMs: number | undefined
}

/** Single calls of one client, at the same time, each about its own card. */
export interface CallsPlan {
  readonly calls: readonly CallPlan[]
  readonly absent: string
  readonly seed: number
}

/** Any single calls. */
export const anyCalls: fc.Arbitrary<CallsPlan> = fc.record({
  calls: fc.array(
    fc
      .tuple(
        anyCard,
        fc.constantFrom('auto', 'always', 'never', 'list', 'ensure'),
        fc.option(fc.constantFrom(0, 10, 1_500, 20_000), { nil: undefined, freq: 8 }),
      )
      .map(([card, call, abortMs]) => ({ ...card, call, abortMs })),
    { minLength: 1, maxLength: 3 },
  ),
  absent: anyAbsence,
  seed: fc.nat(),
})

/** What a call reported to its caller. */
export interface Told {
  readonly call: CallPlan['call']
  readonly no_agree: string
  /** Its place in the history. */
  readonly place: number
  /** The outcome, or the error's code. */
  readonly said: string
  readonly isError: boolean
  readonly delivered: string | undefined
  /** The products that a call about all of them could not decide. */
  readonly undecided?: readonly string[]
}

/** What is known when all calls have ended. */
export interface CallsPast {
  readonly world: World
  readonly gateway: Gateway
  readonly flights: readonly Flight[]
  readonly told: readonly Told[]
  readonly plan: CallsPlan
}

const TIMEOUT_MS = 30_000

function readTold(result: unknown): Pick<Told, 'said' | 'isError' | 'delivered' | 'undecided'> {
  if (isLLPayError(result)) {
    return { said: result.code, isError: true, delivered: result.delivered }
  }
  const isError = result instanceof Error
  const said = isError
    ? `${result.name}: ${result.message}`
    : Reflect.get(Object(result), 'outcome')
  const undecided: unknown = Reflect.get(Object(result), 'undecided')
  return {
    said: String(said ?? 'a list'),
    isError,
    delivered: undefined,
    ...(Array.isArray(undecided) ? { undecided } : {}),
  }
}

/** Defects that a test plants. */
export interface PlantedCalls {
  readonly makeClient?: typeof createCoreClient
  readonly connections?: Connections
}

/** Lets a client make its calls. */
export async function runCalls(
  scheduler: fc.Scheduler,
  plan: CallsPlan,
  { makeClient = createCoreClient, connections }: PlantedCalls = {},
): Promise<CallsPast> {
  const world = new World(scheduler, plan.seed)
  const gateway = new Gateway(world, plan.absent)
  const cards = new Map(plan.calls.map((call, index) => [`card${index + 1}`, call]))
  const network = new Network(world, gateway, cards, () => undefined, connections)
  const told: Told[] = []
  const caller = newActor('caller')
  const client = makeClient({
    oidPartner: OID_PARTNER,
    timeoutMs: TIMEOUT_MS,
    signer: MERCHANT_KEY.signer,
    verifiers: [GATEWAY_VERIFIER],
    transport: network.transportOf(caller),
    clock: world.clockOf(caller),
  })
  const make = async (no_agree: string, { call, payType, abortMs }: CallPlan) => {
    const controller = new AbortController()
    if (abortMs !== undefined) world.clock.set(() => controller.abort(), abortMs)
    const { signal } = controller
    const card = { user_id: 'u1', no_agree }
    const params = { ...card, ...(payType === undefined ? {} : { pay_type: payType }) }
    await world.step(caller, 'calls')
    world.note('caller', `calls ${call} for ${no_agree}`)
    const start = (): Promise<unknown> => {
      if (call === 'list') return client.card.list(params, { signal })
      if (call === 'ensure') return client.card.ensureUnbound(card, { signal })
      return client.card.unbind(params, { signal, settle: call })
    }
    const result = await start().catch((error: unknown) => error)
    const read = readTold(result)
    told.push({ call, no_agree, place: world.place, ...read })
    const about = read.delivered === undefined ? '' : `, delivered: ${read.delivered}`
    world.note('caller', `IS TOLD of ${no_agree}: ${read.said}${about}`)
  }
  await withClock(world.clock, world.random, async () => {
    for (const [no_agree, { bound }] of cards) {
      for (const payType of bound) gateway.bind(no_agree, payType)
    }
    for (const [no_agree, call] of cards) void make(no_agree, call)
    await world.isEndless()
  })
  return { world, gateway, flights: network.flights, told, plan }
}

/** What must hold of every single call. */
interface CallRule {
  readonly name: string
  /** Whether a call broke it; the gateway's memory says what is true. */
  readonly isBroken: (told: Told, past: CallsPast) => boolean
}

const unbound = ({ gateway }: CallsPast, no_agree: string, before = Infinity) =>
  gateway.deeds.some(
    (deed) => deed.what === 'unbound' && deed.no_agree === no_agree && deed.place < before,
  )

/** The products that are queried where none is named. */
const PRODUCTS = ['2', '3', 'D', 'P', 'M', 'F', 'N']

const ELSEWHERE = 'ERR_AGREEMENT_ELSEWHERE'

/** The promises of the product for single calls. */
export const CALL_RULES: readonly CallRule[] = [
  {
    name: 'unbound only where this call has unbound it',
    isBroken: ({ said, no_agree, place }, past) =>
      said === 'unbound' && !unbound(past, no_agree, place),
  },
  {
    name: 'refused only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === 'ERR_REJECTED' && unbound(past, no_agree),
  },
  {
    name: 'bound elsewhere only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === ELSEWHERE && unbound(past, no_agree),
  },
  {
    name: 'not-bound only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === 'not-bound' && unbound(past, no_agree),
  },
  {
    name: 'a card is bound for no product once a call about all of them has an outcome',
    isBroken: ({ undecided, no_agree }, { gateway }) =>
      undecided !== undefined &&
      PRODUCTS.some((each) => !undecided.includes(each) && gateway.isBound(no_agree, each)),
  },
  {
    name: 'a change is not delivered only where no byte of it was sent',
    isBroken: ({ call, delivered, no_agree }, { flights }) =>
      call !== 'list' &&
      delivered === 'no' &&
      flights.some(
        (flight) =>
          flight.no_agree === no_agree &&
          flight.asked === 'change' &&
          flight.writtenAt !== undefined,
      ),
  },
  {
    name: 'a read is not delivered only where no byte of it was sent',
    isBroken: ({ call, delivered, no_agree }, { flights }) =>
      call === 'list' &&
      delivered === 'no' &&
      flights.some((flight) => flight.no_agree === no_agree && flight.writtenAt !== undefined),
  },
  {
    name: 'every call ends, with an outcome or an error of llpay',
    isBroken: ({ isError, delivered }) => isError && delivered === undefined,
  },
]

/** The calls that never ended. */
export const unended = ({ plan, told }: CallsPast): readonly string[] =>
  plan.calls.length === told.length ? [] : ['a call did not end']
