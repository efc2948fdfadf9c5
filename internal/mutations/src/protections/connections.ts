import { choose, never, remove, replace, unwrap } from '../changes.ts'
import { CORE, core, type Guard, type Mutation } from '../mutation.ts'
import { call, element, member, operand, statement, token, value, whenFalse } from '../places.ts'

const guard = (project: string, file: string): Guard => ({
  project,
  files: [`packages/${project}/src/${file}.test.ts`],
})
const SEPARATE = guard('node', 'transport/connections')
const POLLUTED = guard('node', 'transport/polluted-prototype')
const NOT_LOADED = guard('node', 'transport/not-loaded')
const PLATFORM_FETCH = guard('edge', 'transport/ofetch-over')

/** What keeps the reply to one request from passing for the reply to another, and TLS as it is. */
export const CONNECTIONS: readonly Mutation[] = [
  {
    name: 'a change goes over a connection that carried something else',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'openPools',
    change: choose('whenTrue', 'mayShare'),
    guards: [SEPARATE],
  },
  {
    name: 'the connection of a change is kept',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'undiciTransport',
    change: replace(whenFalse('mayShareConnection'), '{}'),
    guards: [SEPARATE],
  },
  {
    name: 'every reply counts as naming its request',
    file: `${CORE}/api/define-api.ts`,
    in: 'namesRequest',
    change: remove(operand('every')),
    guards: [core('api/names-request'), SEPARATE],
  },
  {
    name: 'a pool opens any number of connections',
    file: 'packages/node/src/transport/connector.ts',
    in: 'POOL_OPTIONS',
    change: replace(value('connections'), '4096'),
    guards: [SEPARATE],
  },
  {
    name: 'a 100 Continue hides the reply',
    file: 'packages/node/src/transport/connector.ts',
    in: 'checkedConnector',
    change: unwrap('skipInterimReplies'),
    guards: [SEPARATE],
  },
  {
    name: 'listeners stay on the signal of a call',
    file: 'packages/node/src/transport/dispatch-request.ts',
    in: 'dispatchRequest',
    change: remove(statement('removeEventListener')),
    guards: [SEPARATE],
  },
  {
    name: 'a connection takes options from a prototype',
    file: 'packages/node/src/transport/connector.ts',
    in: 'connectOptions',
    change: remove(member('connectionDefaults')),
    guards: [POLLUTED],
  },
  {
    name: 'a transport that cannot be loaded passes for a failure of the network',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'openDispatchers',
    change: replace(token('loadPart'), '((part, load) => load())'),
    guards: [NOT_LOADED],
  },
  {
    name: 'a part that cannot be loaded is not an error of configuration',
    file: `${CORE}/errors/load-part.ts`,
    in: 'loadPart',
    change: choose('whenTrue', 'isLLPayError'),
    guards: [core('errors/load-part'), NOT_LOADED, guard('edge', 'not-loaded')],
  },
  {
    name: 'a runtime that is too old shows with the first call',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'undiciTransport',
    change: remove(statement('checkRuntime')),
    guards: [NOT_LOADED],
  },
  {
    name: 'a request takes options from a prototype',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'undiciTransport',
    change: replace(call('create'), '{}'),
    guards: [POLLUTED],
  },
  {
    name: 'a client takes options from a prototype',
    file: `${CORE}/client/config.ts`,
    in: 'checkConfig',
    change: replace(call('create'), '{}'),
    guards: [POLLUTED, PLATFORM_FETCH],
  },
  {
    name: 'the option tls takes an authority from a prototype',
    file: 'packages/node/src/network/read-tls.ts',
    in: 'readTls',
    change: replace(call('create'), '{}'),
    guards: [POLLUTED],
  },
  {
    name: 'a dispatcher is used whatever a prototype says',
    file: 'packages/node/src/transport/check-socket.ts',
    in: 'checkSocket',
    change: never('polluted'),
    guards: [POLLUTED],
  },
  {
    name: 'the fetch of the platform is used whatever a prototype says',
    file: 'packages/edge/src/transport/ofetch-transport.ts',
    in: 'ofetchTransport',
    change: never('weakness'),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the options of a fetch have a prototype',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    in: 'bare',
    change: replace(call('create'), '{}'),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the fetch of the platform keeps connections',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    in: 'platformFetch',
    change: remove(member('connection')),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'Deno keeps connections, and sends again',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    in: 'openDenoClient',
    change: replace(value('poolMaxIdlePerHost'), '8'),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'a client of Deno is not closed',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    in: 'platformFetch',
    change: remove(statement('close')),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the fetch of the platform takes TLS options from Object.prototype.tls',
    file: `${CORE}/transport/fetch-transport.ts`,
    in: 'TRUST',
    change: remove(element("'tls'")),
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'options of a call come from Object.prototype',
    file: `${CORE}/client/call-context.ts`,
    in: 'openCall.options',
    change: unwrap('withoutPrototype'),
    guards: [core('client/create-caller')],
  },
]
