// What is not published of the Node package, for campaigns that put faults between it and a call.
export { undiciTransport } from '../../packages/node/src/transport/undici-transport.ts'
