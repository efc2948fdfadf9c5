import type { Api, ParamsOf } from '../api/define-api.ts'
import * as catalogue from '../apis/catalogue.ts'
import type { CallerParts, CallOptions } from './call-options.ts'
import { createCaller, type Caller } from './create-caller.ts'
import {
  ensureUnbound,
  type EnsureUnboundOptions,
  type EnsureUnboundParams,
} from './ensure-unbound.ts'
import { listAll, type ListAllParams } from './list-all.ts'
import type { AllCards } from './list-every-product.ts'
import type { ResultOf } from './reply.ts'
import type { EnsureUnboundResult } from './settle/unbind-everywhere.ts'

type Catalogue = typeof catalogue

/** An endpoint as a method. */
export type Method<A extends Api> = (
  params: ParamsOf<A>,
  options?: CallOptions,
) => Promise<ResultOf<A>>

/** The endpoints of a group as methods. */
export type Group<G> = {
  readonly [Name in keyof G]: G[Name] extends Api ? Method<G[Name]> : never
}

/** The calls about bound cards that are more than one request. */
export interface CardProcedures {
  /** Unbinds a card for whichever products it is bound for: see the function `ensureUnbound`. */
  ensureUnbound(
    params: EnsureUnboundParams,
    options?: EnsureUnboundOptions,
  ): Promise<EnsureUnboundResult>
  /** Lists a customer's cards, all products and all pages: see the function `listAll`. */
  listAll(params: ListAllParams, options?: CallOptions): Promise<AllCards>
}

/** A client with a method for every endpoint of the catalogue: `client.card.unbind(...)`. */
export type Client = Caller & { readonly [Name in keyof Catalogue]: Group<Catalogue[Name]> } & {
  readonly card: CardProcedures
}

function bindGroup<G extends Readonly<Record<string, Api>>>(caller: Caller, group: G): Group<G> {
  const methods: Group<G> = Object.create(null)
  for (const [name, api] of Object.entries(group)) {
    const method: Method<Api> = (params, options) => caller.call(api, params, options)
    Object.defineProperty(methods, name, { value: method, enumerable: true })
  }
  return methods
}

/** Creates a client from a signer, a transport and verifiers. */
export function createCoreClient(parts: CallerParts): Client {
  const caller = createCaller(parts)
  const procedures: CardProcedures = {
    ensureUnbound: (params, options) => ensureUnbound(caller, params, options),
    listAll: (params, options) => listAll(caller, params, options),
  }
  return { ...caller, card: Object.assign(bindGroup(caller, catalogue.card), procedures) }
}
