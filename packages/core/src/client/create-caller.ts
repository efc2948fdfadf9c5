import type { Api, ParamsOf } from '../api/define-api.ts'
import { loadPart } from '../errors/load-part.ts'
import type { CallerParts, CallOptions } from './call-options.ts'
import type { Executor } from './execute-call.ts'
import type { ResultOf } from './reply.ts'

/** Calls any endpoint. */
export interface Caller {
  /**
   * Calls an endpoint, also one that the catalogue lacks (see `defineApi`).
   *
   * @throws {LLPayError} see the table of errors; `delivered` says whether the request may have been
   *   executed.
   */
  call<A extends Api>(api: A, params: ParamsOf<A>, options?: CallOptions): Promise<ResultOf<A>>
}

/** Creates a caller from a signer, a transport and verifiers. */
export function createCaller(parts: CallerParts): Caller {
  let execute: Executor | undefined
  async function call<A extends Api>(
    api: A,
    params: ParamsOf<A>,
    options?: CallOptions,
  ): Promise<ResultOf<A>>
  async function call(api: Api, params: object, options?: CallOptions): Promise<unknown> {
    // Loaded with the first call, so that a Worker starts without it, and before anything is sent: a
    // chunk that cannot be loaded must not hide an outcome. Kept, because asking the module loader
    // costs as much as verifying a signature.
    execute ??= (await loadPart('A part', () => import('./execute-call.ts'))).createExecutor(parts)
    return execute(api, params, options)
  }
  return { call }
}
