// What a Worker loads when it sends: apart, so that it does not read this when it starts.
export {
  BodyCollector,
  type BodyLimit,
  MAX_REPLY_BYTES,
  readStream,
  replyTooLarge,
} from './transport/body.ts'
export { describePollutedTls, fetchTransport } from './transport/fetch-transport.ts'
