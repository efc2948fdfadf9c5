/**
 * The runtime-agnostic core of llpay.
 *
 * @module @llpay/core
 */
export {
  defineApi,
  type Api,
  type ApiDefinition,
  type FieldsOf,
  type ParamsOf,
} from './api/define-api.ts'
export type { BeforeSending, BeforeSendingFacts, Look } from './client/call-options.ts'
export type { CommonConfig } from './client/config.ts'
export type { Clock } from './client/clock.ts'
export type { CallerParts, CallOptions } from './client/call-options.ts'
export type { Caller } from './client/create-caller.ts'
export type {
  ApplyBindParams,
  ApplyBindReply,
  CardClient,
  CardProcedures,
  Client,
  Group,
  ListParams,
  ListReply,
  Method,
  QueryBinParams,
  QueryBinReply,
  UnbindParams,
  UnbindResult,
  VerifyBindParams,
  VerifyBindReply,
} from './client/create-client.ts'
export {
  ensureUnbound,
  type EnsureUnboundOptions,
  type EnsureUnboundParams,
} from './client/ensure-unbound.ts'
export { listAll, type ListAllParams } from './client/list-all.ts'
export {
  listCards,
  type BoundCard,
  type CardPage,
  type ListedCard,
  type ListOptions,
} from './client/list-cards.ts'
export type { AllCards } from './client/list-every-product.ts'
export {
  prepareRequest,
  type PreparedRequest,
  type PrepareOptions,
} from './client/prepare-request.ts'
export {
  processReply,
  type ProcessOptions,
  type ProcessReplyOptions,
} from './client/process-reply.ts'
export type { ClientEvent, OnEvent } from './client/events.ts'
export type { ChangeResult, Evidence, EvidenceReply, Reply, ResultOf } from './client/reply.ts'
export type { SettleMode } from './client/config.ts'
export type { EnsureUnboundResult } from './client/settle/unbind-everywhere.ts'
export * from './errors/index.ts'
export type { SignatureAlgorithm, Signer, Verifier } from './signing/ports.ts'
export type { FetchBody } from './transport/body.ts'
export type { FetchInit, FetchLike, FetchResponse } from './transport/fetch-transport.ts'
export type { HttpRequest, HttpResponse, Transport } from './transport/port.ts'
