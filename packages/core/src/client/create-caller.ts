import type { Api, FieldsOf, ParamsOf } from '../api/define-api.ts'
import type { Signer, Verifier } from '../signing/ports.ts'
import type { Transport } from '../transport/port.ts'
import { startDeadline, type Deadline } from './deadline.ts'
import { explainOutcome } from './explain-outcome.ts'
import { prepareRequest, type PreparedRequest } from './prepare-request.ts'
import { readReply } from './read-reply.ts'
import type { Reply, ResultOf } from './reply.ts'
import { send } from './send.ts'
import { withoutPrototype } from './without-prototype.ts'

/** What a single call can be given. */
export interface CallOptions {
  /** Ends the call early: while connecting, while waiting, while the answer comes in. */
  readonly signal?: AbortSignal | undefined
}

/** The parts that a caller is made of; `@llpay/node` and `@llpay/edge` put them together. */
export interface CallerParts {
  readonly oidPartner: string
  readonly baseUrl?: string | undefined
  readonly timeoutMs: number
  readonly signer: Signer
  readonly verifiers: readonly Verifier[]
  readonly transport: Transport
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

function toResult<A extends Api>(api: A, reply: Reply<FieldsOf<A>>): ResultOf<A>
function toResult(api: Api, reply: Reply<object>): unknown {
  const { outcome } = api
  if (outcome === undefined) return reply
  const { attempts } = reply
  return withoutPrototype({ outcome, evidence: 'signed-reply', reply, attempts })
}

/** Sends a request, and says of whatever fails from here on what it means for the call. */
async function exchange<A extends Api>(
  request: PreparedRequest<A>,
  { transport, verifiers }: CallerParts,
  deadline: Deadline,
): Promise<Reply<FieldsOf<A>>> {
  try {
    const response = await send(transport, request, deadline)
    return await readReply(request, response, verifiers, 1)
  } catch (error) {
    throw explainOutcome(request.api, error, 1)
  }
}

/** Puts signer, transport and verifiers together into a caller. */
export function createCaller(parts: CallerParts): Caller {
  return {
    async call(api, params, options) {
      const deadline = startDeadline(parts.timeoutMs, options?.signal)
      try {
        const request = await deadline.cover(prepareRequest(api, params, parts))
        return toResult(api, await exchange(request, parts, deadline))
      } finally {
        deadline.dispose()
      }
    },
  }
}
