import type { Api, ParamsOf } from '../api/define-api.ts'
import type { Signer, Verifier } from '../signing/ports.ts'
import type { Transport } from '../transport/port.ts'
import type { BeforeSending } from './before-sending.ts'
import type { Clock } from './clock.ts'
import type { OnEvent } from './events.ts'
import { prepareRequest, type PreparedRequest } from './prepare-request.ts'
import type { ChangeResult, Reply, ResultOf } from './reply.ts'
import { RetryBudget } from './retry-budget.ts'
import { openSession, type Session } from './session.ts'
import type { SettleMode } from './settle/settle-mode.ts'

/** What a single call can be given. */
export interface CallOptions {
  /** Ends the call early: while connecting, waiting, settling, or while the answer comes in. */
  readonly signal?: AbortSignal | undefined
  /** How this call is settled, in place of what the client was told. */
  readonly settle?: SettleMode | undefined
  /**
   * Awaited before each request that changes something is sent, with what the list of bound cards
   * said. What it throws ends the call, with nothing more sent: a place to write down that something
   * may have been sent from here on.
   */
  readonly beforeSending?: BeforeSending | undefined
  /**
   * Whether an earlier call for the same change saw the agreement listed and may have sent its
   * request: then an agreement that is not listed any more is the outcome, and a refusal is not
   * believed before the list was asked again.
   */
  readonly resume?: boolean | undefined
  /** The clock of this call, in place of the client's. */
  readonly clock?: Clock | undefined
}

/** The parts that a caller is made of; `@llpay/node` and `@llpay/edge` put them together. */
export interface CallerParts {
  readonly oidPartner: string
  readonly baseUrl?: string | undefined
  readonly timeoutMs: number
  readonly signer: Signer
  readonly verifiers: readonly Verifier[]
  readonly transport: Transport
  /** How often a request that was not delivered is repeated, and a change once more; 2 unless told. */
  readonly retry?: number | undefined
  readonly settle?: SettleMode | undefined
  readonly onEvent?: OnEvent | undefined
  /** The clock of every call; default: the runtime's. */
  readonly clock?: Clock | undefined
}

/** Calls any endpoint. */
export interface Caller {
  /**
   * Calls an endpoint, also one that the catalogue lacks (see `defineApi`).
   *
   * @throws {LLPayError} see the codes in the table of errors; `delivered` tells whether the request
   *   may have been carried out.
   */
  call<A extends Api>(api: A, params: ParamsOf<A>, options?: CallOptions): Promise<ResultOf<A>>
}

type Carried = Promise<Reply<object> | ChangeResult<string, object>>

type Carry = (request: PreparedRequest, session: Session) => Carried

/**
 * Loads what sends a request and reads its answer. It is apart, so that a Worker starts without it,
 * and is loaded before anything is sent: a chunk that cannot be loaded must not hide an outcome.
 */
async function loadCarrier({ settledBy }: Api, settle: SettleMode): Promise<Carry> {
  if (settledBy === undefined || settle === 'never') {
    return (await import('./call-unsettled.ts')).callUnsettled
  }
  const { callSettled } = await import('./settle/call-settled.ts')
  return (request, session) => callSettled(request, settledBy, session, settle)
}

/** Loads each carrier once: asking the module loader costs as much as verifying a signature. */
function rememberCarriers(): typeof loadCarrier {
  const carriers = new Map<string, Carry>()
  return async (api, settle) => {
    const key = `${api.settledBy ?? ''} ${settle}`
    const known = carriers.get(key)
    if (known !== undefined) return known
    const carrier = await loadCarrier(api, settle)
    carriers.set(key, carrier)
    return carrier
  }
}

/** Puts signer, transport and verifiers together into a caller. */
export function createCaller(parts: CallerParts): Caller {
  const budget = new RetryBudget()
  const carrierOf = rememberCarriers()
  async function call<A extends Api>(
    api: A,
    params: ParamsOf<A>,
    options?: CallOptions,
  ): Promise<ResultOf<A>>
  async function call(api: Api, params: object, options?: CallOptions): Promise<unknown> {
    const session = openSession(parts, options, budget)
    try {
      const request = await session.deadline.cover(prepareRequest(api, params, parts))
      const carryOut = await session.deadline.cover(carrierOf(api, session.settle))
      return await carryOut(request, session)
    } finally {
      session.deadline.dispose()
    }
  }
  return { call }
}
