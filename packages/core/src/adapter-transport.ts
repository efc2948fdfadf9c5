// What a Worker loads when it sends: apart, so that it does not read this when it starts.
export { BodyCollector, MAX_REPLY_BYTES, replyTooLarge } from './transport/body.ts'
export { describePollutedTls, fetchTransport } from './transport/fetch-transport.ts'
