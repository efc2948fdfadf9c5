import type { Api } from '../api/define-api.ts'
import { CallbackError } from '../errors/callback-error.ts'
import { loadPart } from '../errors/load-part.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { withoutPrototype } from '../json/json-value.ts'
import { beforeSend, type CallContext, openCall, RetryBudget } from './call-context.ts'
import type { CallerParts, CallOptions } from './call-options.ts'
import { exchange } from './exchange.ts'
import { explainOutcome, unknownOutcome } from './failures.ts'
import { type PreparedRequest, prepareRequest } from './prepare-request.ts'
import { type ChangeResult, type Procedure, type Reply, STEPS } from './reply.ts'

/** Errors that mean the same whether or not an earlier call sent the change. */
const SAID = [CallbackError, SignatureError, ProtocolError]

/** Sends a request and queries no list: the outcome is what the reply proves. */
export async function callUnsettled(
  request: PreparedRequest,
  context: CallContext,
): Promise<Reply<object> | ChangeResult<string, object>> {
  const counter = { sent: 0 }
  const { outcome, effect } = request.api
  const mayHaveLanded = effect === 'change' && context.resume
  try {
    if (effect === 'change') {
      const delivered = mayHaveLanded ? 'unknown' : 'no'
      const hook = beforeSend(context.beforeSending, { seen: null }, delivered)
      await context.deadline.cover(hook)
    }
    const reply = await exchange(request, context, context.deadline, counter)
    if (outcome === undefined) return reply
    const { attempts } = reply
    return withoutPrototype({ outcome, evidence: 'signed-reply', reply, attempts })
  } catch (error) {
    if (!mayHaveLanded || SAID.some((kind) => error instanceof kind)) {
      throw explainOutcome(request.api, error, counter.sent)
    }
    const doubt = { attempts: counter.sent, lastSeen: null, cause: summarizeCause(error) }
    throw unknownOutcome(request.api, doubt)
  }
}

/** Executes the calls of one caller. */
export type Executor = (api: Api, params: object, options?: CallOptions) => Promise<unknown>

const isProcedure = (api: Api): api is Procedure<unknown, CallContext> => Object.hasOwn(api, STEPS)

/** Creates the executor of a caller's calls: they share a retry budget. */
export function createExecutor(given: CallerParts): Executor {
  const parts = withoutPrototype(given)
  const budget = new RetryBudget()
  let settlement: typeof import('./settle/settle.ts') | undefined
  return async (api, params, options) => {
    const context = openCall(parts, options, budget)
    try {
      if (isProcedure(api)) return await api[STEPS](params, context)
      const request = await context.deadline.cover(prepareRequest(api, params, parts))
      const { settledBy } = api
      if (settledBy === undefined || context.settle === 'never') {
        return await callUnsettled(request, context)
      }
      settlement ??= await context.deadline.cover(
        loadPart('Settlement', () => import('./settle/settle.ts')),
      )
      return await settlement.callSettled(request, settledBy, context, context.settle)
    } finally {
      context.deadline.dispose()
    }
  }
}
