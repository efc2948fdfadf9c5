import { CORE, core, type Guard, type Mutation } from './mutation.ts'

const guard = (project: string, file: string): Guard => ({
  project,
  files: [`packages/${project}/src/${file}.test.ts`],
})
const CONNECTIONS = guard('node', 'transport/connections')
const POLLUTED = guard('node', 'transport/polluted-prototype')
const NOT_LOADED = guard('node', 'transport/not-loaded')
const PLATFORM_FETCH = guard('edge', 'transport/ofetch-over')

/** What keeps the reply to one request from passing for the reply to another, and TLS as it is. */
export const CONNECTION_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a change goes over a connection that carried something else',
    file: 'packages/node/src/transport/open-dispatcher.ts',
    text: 'mayShare ? pools.shared : pools.own',
    replacement: 'mayShare ? pools.shared : pools.shared',
    guards: [CONNECTIONS],
  },
  {
    name: 'the connection of a change is kept',
    file: 'packages/node/src/transport/undici-transport.ts',
    text: '{ reset: true }',
    replacement: '{}',
    guards: [CONNECTIONS],
  },
  {
    name: 'every reply counts as naming its request',
    file: `${CORE}/api/define-api.ts`,
    text: 'names.every(isEchoed)',
    replacement: 'names.every(() => true)',
    guards: [core('api/names-request'), CONNECTIONS],
  },
  {
    name: 'a pool opens any number of connections',
    file: 'packages/node/src/transport/connector.ts',
    text: 'connections: 256',
    replacement: 'connections: 4096',
    guards: [CONNECTIONS],
  },
  {
    name: 'a 100 Continue hides the reply',
    file: 'packages/node/src/transport/connector.ts',
    text: 'skipInterimReplies(socket)',
    replacement: 'socket',
    guards: [CONNECTIONS],
  },
  {
    name: 'listeners stay on the signal of a call',
    file: 'packages/node/src/transport/dispatch-request.ts',
    text: "signal.removeEventListener('abort', cancel)",
    replacement: '',
    guards: [CONNECTIONS],
  },
  {
    name: 'a connection takes options from a prototype',
    file: 'packages/node/src/transport/connector.ts',
    text: '    ...connectionDefaults(),\n',
    replacement: '',
    guards: [POLLUTED],
  },
  {
    name: 'a transport that cannot be loaded passes for a failure of the network',
    file: 'packages/node/src/transport/open-dispatcher.ts',
    text: "return loadPart('The transport', async () => (await open())(target, mayShare))",
    replacement: 'return (await open())(target, mayShare)',
    guards: [NOT_LOADED],
  },
  {
    name: 'a part that cannot be loaded is not an error of configuration',
    file: `${CORE}/errors/load-part.ts`,
    text: 'throw isLLPayError(error) ? error : partNotLoaded(part, error)',
    replacement: 'throw error',
    guards: [core('errors/load-part'), NOT_LOADED, guard('edge', 'not-loaded')],
  },
  {
    name: 'a runtime that is too old shows with the first call',
    file: 'packages/node/src/transport/undici-transport.ts',
    text: '  checkRuntime()\n',
    replacement: '',
    guards: [NOT_LOADED],
  },
  {
    name: 'a request takes options from a prototype',
    file: 'packages/node/src/transport/undici-transport.ts',
    text: 'Object.assign(Object.create(null), {',
    replacement: 'Object.assign({}, {',
    guards: [POLLUTED],
  },
  {
    name: 'a client takes options from a prototype',
    file: `${CORE}/client/config.ts`,
    text: 'Object.assign(Object.create(null), given)',
    replacement: 'given',
    guards: [POLLUTED, PLATFORM_FETCH],
  },
  {
    name: 'the option tls takes an authority from a prototype',
    file: 'packages/node/src/network/read-tls.ts',
    text: 'Object.assign(Object.create(null), tls)',
    replacement: 'tls',
    guards: [POLLUTED],
  },
  {
    name: 'a dispatcher is used whatever a prototype says',
    file: 'packages/node/src/transport/check-socket.ts',
    text: 'if (polluted !== undefined)',
    replacement: 'if (false)',
    guards: [POLLUTED],
  },
  {
    name: 'the fetch of the platform is used whatever a prototype says',
    file: 'packages/edge/src/transport/ofetch-transport.ts',
    text: 'if (weakness !== undefined)',
    replacement: 'if (false)',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the options of a fetch have a prototype',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    text: 'Object.assign(Object.create(null), members)',
    replacement: 'members',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the fetch of the platform keeps connections',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    text: "connection: 'close'",
    replacement: '',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'Deno keeps connections, and sends again',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    text: 'poolMaxIdlePerHost: 0',
    replacement: 'poolMaxIdlePerHost: 8',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'a client of Deno is not closed',
    file: 'packages/edge/src/transport/ofetch-over.ts',
    text: 'client.close()',
    replacement: '',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'the fetch of the platform takes TLS options from Object.prototype.tls',
    file: `${CORE}/transport/fetch-transport.ts`,
    text: "  'tls',\n",
    replacement: '',
    guards: [PLATFORM_FETCH],
  },
  {
    name: 'options of a call come from Object.prototype',
    file: `${CORE}/client/execute-call.ts`,
    text: 'options && withoutPrototype(options)',
    replacement: 'options',
    guards: [core('client/create-caller')],
  },
]
