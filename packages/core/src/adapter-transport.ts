// What a Worker loads when it sends: apart, so that it does not read this when it starts.
export { BodyCollector } from './transport/collect-body.ts'
export { fetchTransport } from './transport/fetch-transport.ts'
export { describePollutedTls } from './transport/polluted-tls.ts'
