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

type CardApis = typeof catalogue.card

/** An endpoint as a method. */
export type Method<A extends Api> = (
  params: ParamsOf<A>,
  options?: CallOptions,
) => Promise<ResultOf<A>>

/** The endpoints of a group as methods. */
export type Group<G> = {
  readonly [Name in keyof G]: G[Name] extends Api ? Method<G[Name]> : never
}

/** The parameters of `client.card.unbind`. */
export interface UnbindParams extends ParamsOf<CardApis['unbind']> {}
/** What `client.card.unbind` resolves to. */
export interface UnbindResult extends ResultOf<CardApis['unbind']> {}
/** The parameters of `client.card.list`. */
export interface ListParams extends ParamsOf<CardApis['list']> {}
/** What `client.card.list` resolves to. */
export interface ListReply extends ResultOf<CardApis['list']> {}
/** The parameters of `client.card.queryBin`. */
export interface QueryBinParams extends ParamsOf<CardApis['queryBin']> {}
/** What `client.card.queryBin` resolves to. */
export interface QueryBinReply extends ResultOf<CardApis['queryBin']> {}
/** The parameters of `client.card.applyBind`. */
export interface ApplyBindParams extends ParamsOf<CardApis['applyBind']> {}
/** What `client.card.applyBind` resolves to. */
export interface ApplyBindReply extends ResultOf<CardApis['applyBind']> {}
/** The parameters of `client.card.verifyBind`. */
export interface VerifyBindParams extends ParamsOf<CardApis['verifyBind']> {}
/** What `client.card.verifyBind` resolves to. */
export interface VerifyBindReply extends ResultOf<CardApis['verifyBind']> {}

/** The calls about bound cards. All of them reject with an `LLPayError`. */
export interface CardClient {
  /**
   * Unbinds a card for one product. For a card whose product you do not know, or that may be unbound
   * already, use `ensureUnbound`.
   */
  readonly unbind: (params: UnbindParams, options?: CallOptions) => Promise<UnbindResult>
  /** Lists a customer's bound cards of one product, a page at a time. For all of them, use `listAll`. */
  readonly list: (params: ListParams, options?: CallOptions) => Promise<ListReply>
  /** Looks up a card's bank and type by its number. */
  readonly queryBin: (params: QueryBinParams, options?: CallOptions) => Promise<QueryBinReply>
  /** Applies to bind a card: LianLian sends its holder an SMS. */
  readonly applyBind: (params: ApplyBindParams, options?: CallOptions) => Promise<ApplyBindReply>
  /** Binds the card with the code from the SMS. */
  readonly verifyBind: (params: VerifyBindParams, options?: CallOptions) => Promise<VerifyBindReply>
  /** Unbinds a card for every product it is bound for, and is safe to repeat: see the function `ensureUnbound`. */
  readonly ensureUnbound: (
    params: EnsureUnboundParams,
    options?: EnsureUnboundOptions,
  ) => Promise<EnsureUnboundResult>
  /** Lists a customer's cards, all products and all pages: see the function `listAll`. */
  readonly listAll: (params: ListAllParams, options?: CallOptions) => Promise<AllCards>
}

/** The calls about bound cards that take more than one request. */
export type CardProcedures = Pick<CardClient, 'ensureUnbound' | 'listAll'>

/** A client with a method for every endpoint of the catalogue: `client.card.unbind(...)`. */
export interface Client extends Caller {
  /** The calls about bound cards. */
  readonly card: CardClient
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
