import type { Api } from '../api/define-api.ts'
import { loadPart } from '../errors/load-part.ts'
import { checkCallOptions, type CallerParts, type CallOptions } from './call-options.ts'
import { callUnsettled } from './call-unsettled.ts'
import { prepareRequest } from './prepare-request.ts'
import { STEPS, type Procedure } from './procedure.ts'
import { RetryBudget } from './retry-budget.ts'
import { openSession, type Session } from './session.ts'
import { withoutPrototype } from './without-prototype.ts'

/** Executes the calls of one caller. */
export type Executor = (api: Api, params: object, options?: CallOptions) => Promise<unknown>

const isProcedure = (api: Api): api is Procedure<unknown, Session> => Object.hasOwn(api, STEPS)

/** Makes what executes the calls of a caller: they share a retry budget. */
export function createExecutor(given: CallerParts): Executor {
  const parts = withoutPrototype(given)
  const budget = new RetryBudget()
  let settlement: typeof import('./settle/call-settled.ts') | undefined
  return async (api, params, options) => {
    checkCallOptions(options)
    const session = openSession(parts, options && withoutPrototype(options), budget)
    try {
      if (isProcedure(api)) return await api[STEPS](params, session)
      const request = await session.deadline.cover(prepareRequest(api, params, parts))
      const { settledBy } = api
      if (settledBy === undefined || session.settle === 'never') {
        return await callUnsettled(request, session)
      }
      settlement ??= await session.deadline.cover(
        loadPart('Settlement', () => import('./settle/call-settled.ts')),
      )
      return await settlement.callSettled(request, settledBy, session, session.settle)
    } finally {
      session.deadline.dispose()
    }
  }
}
