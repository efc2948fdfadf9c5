import { ConfigError, type Client, type Clock } from '@llpay/core'
import { loadPart } from '@llpay/core/adapter'

import { asControlError, respondWith } from '../control/control-error.ts'
import { isLoopbackName } from '../control/refuse-foreign.ts'
import { createSandbox } from '../create-sandbox.ts'
import type { JournalEntry } from '../journal/journal.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { SandboxConnectionClosed } from '../scenarios/scenarios.ts'
import type { SandboxCard } from '../state/sandbox-cards.ts'
import type { SandboxState } from '../state/sandbox-state.ts'
import { openKeyFolder } from './key-folder.ts'
import { generateSandboxPair, signerOf, verifierOf, type PemPair } from './rsa-keys.ts'
import { serveConsole } from './serve-console.ts'
import { serveSandbox } from './serve-sandbox.ts'
import { StateFile } from './state-file.ts'

const OID_PARTNER = '201304121000001004'
const LOOPBACK = '127.0.0.1'

/** A merchant with its own key. */
export interface MerchantKeys {
  /** The merchant number, 18 digits. */
  readonly oidPartner: string
  /** Its public key: PEM, one-line base64, DER or JWK. */
  readonly publicKey: string
}

/** How a sandbox is started. */
export interface StartSandboxOptions {
  /** The port (default: 0, a free one). */
  readonly port?: number
  /** The address to listen on (default: 127.0.0.1). Others can reach any other one. */
  readonly host?: string
  /**
   * A folder that keeps the keys from run to run; what is missing is generated, nothing is
   * overwritten (default: keys of this process).
   */
  readonly keys?: string
  /** The merchant number, 18 digits (default: `201304121000001004`). */
  readonly oidPartner?: string
  /** More merchants, each with its own public key. */
  readonly merchants?: readonly MerchantKeys[]
  /** The cards that are bound at the start, and again after a reset (default: none). */
  readonly cards?: readonly SandboxCard[]
  /** A file that keeps the bound cards from run to run; once it exists, `cards` is for a reset only. */
  readonly stateFile?: string
  /** The clock, also of `client()` (default: the machine's). */
  readonly clock?: Clock
  /** Refuses unknown and empty members with 1004, instead of ignoring them (default: false). */
  readonly strict?: boolean
  /** How many requests are kept (default: 2000). */
  readonly journal?: number
  /** Called with each request once it is finished. It must not throw. */
  readonly onRequest?: (entry: JournalEntry) => void
}

/** A sandbox that listens. */
export interface StartedSandbox {
  /** Where it can be called, such as `http://127.0.0.1:8090`; the base URL of a client. */
  readonly url: string
  /** The variables that point the command line and your own code at it. */
  readonly env: Record<`LLPAY_${string}`, string>
  /** The keys as PEM. */
  readonly keys: {
    readonly merchant: { readonly privateKey: string; readonly publicKey: string }
    readonly gateway: { readonly publicKey: string }
  }
  /** The cards that are bound, and what is played. */
  readonly state: SandboxState
  /** Sends notifications to a `notify_url`, signed with the gateway's key. */
  readonly notifications: Notifier
  /** The requests that arrived, oldest first. */
  readonly requests: readonly JournalEntry[]
  /**
   * Makes a client of `@llpay/node` that trusts this sandbox.
   *
   * @param config options of `createClient` beside merchant, keys, base URL and clock.
   * @throws {ConfigError} `ERR_CONFIG_MISSING` if `@llpay/node` is not installed, `ERR_CONFIG_RUNTIME` if it
   *   cannot be loaded.
   */
  client(config?: object): Promise<Client>
  /** Stops it, and drops whatever is still waiting. */
  [Symbol.asyncDispose](): Promise<void>
}

let ofThisProcess: Promise<{ merchant: PemPair; gateway: PemPair }> | undefined

/** Generating keys takes a while: one set serves every sandbox of a process. */
function keysOfThisProcess(): Promise<{ merchant: PemPair; gateway: PemPair }> {
  ofThisProcess ??= Promise.all([generateSandboxPair(), generateSandboxPair()]).then(
    ([merchant, gateway]) => ({ merchant, gateway }),
  )
  return ofThisProcess
}

async function openKeys(folder: string | undefined) {
  if (folder === undefined) {
    const pairs = await keysOfThisProcess()
    return {
      ...pairs,
      env: {
        LLPAY_PRIVATE_KEY: pairs.merchant.privateKey,
        LLPAY_GATEWAY_KEY: pairs.gateway.publicKey,
      },
    }
  }
  const { merchantPrivateFile, gatewayPublicFile, ...pairs } = await openKeyFolder(folder)
  return {
    ...pairs,
    env: { LLPAY_PRIVATE_KEY_FILE: merchantPrivateFile, LLPAY_GATEWAY_KEY_FILE: gatewayPublicFile },
  }
}

function checkOidPartner(oidPartner: string): string {
  if (/^[0-9]{18}$/.test(oidPartner)) return oidPartner
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'sandbox.oid-partner',
    message: 'A merchant number has 18 digits.',
    zh: { message: '商户号应为 18 位数字。' },
  })
}

function empty(option: string, flag: string, what: string, named: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'sandbox.empty-option',
    message: `${option} is empty (${flag}).`,
    hint: `Name ${what}, or leave it out.`,
    params: { option, flag },
    zh: { message: `${option} 为空（${flag}）。`, hint: `请指定${named}，或去掉该选项。` },
  })
}

/** Refuses values that would mean something else: an empty variable of a script, above all. */
function checkOptions({ port = 0, host, keys, stateFile }: StartSandboxOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'sandbox.port',
      message: 'port must be a whole number from 0 to 65535.',
      hint: 'Port 0 takes a free port.',
      zh: { message: 'port 必须是 0 到 65535 的整数。', hint: '端口 0 表示取空闲端口。' },
    })
  }
  if (host === '') throw empty('host', '--listen', 'an address', '地址')
  if (keys === '') throw empty('keys', '--keys', 'a folder', '文件夹')
  if (stateFile === '') throw empty('stateFile', '--state', 'a file', '文件')
}

/** An address to call, for the ones that stand for every address. */
const callable = (url: string): string =>
  url.replace('//0.0.0.0:', `//${LOOPBACK}:`).replace('//[::]:', '//[::1]:')

/** Any name leads to an address that others can reach; only the machine itself is safe from rebinding. */
function hostRule(host: string): ((name: string) => boolean) | undefined {
  return isLoopbackName(host) || host === '::1' ? isLoopbackName : undefined
}

interface ClientBasics {
  readonly oidPartner: string
  readonly privateKey: string
  readonly gatewayPublicKey: string
  readonly baseUrl: string
  readonly clock?: Clock
}

const NOT_FOUND = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']

const isNotInstalled = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  NOT_FOUND.includes(String(error.code)) &&
  error.message.includes("'@llpay/node'")

async function loadCreateClient() {
  try {
    return (await import('@llpay/node')).createClient
  } catch (error) {
    if (!isNotInstalled(error)) throw error
    throw new ConfigError('ERR_CONFIG_MISSING', {
      reason: 'sandbox.no-client',
      message: 'client() needs @llpay/node, which is not installed.',
      hint: 'Run: npm install @llpay/node',
      zh: {
        message: 'client() 需要 @llpay/node，但未安装。',
        hint: '运行：npm install @llpay/node',
      },
    })
  }
}

async function makeClient(basics: ClientBasics, config: object): Promise<Client> {
  const createClient = await loadPart('The client', loadCreateClient)
  return createClient({ ...basics, ...config })
}

/**
 * Starts a LianLian gateway on a port of this machine: keys, server and, with `client()`, a client
 * that trusts it. See {@link createSandbox} for one without a socket.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_INSECURE`.
 * @throws {KeyError} for a merchant's public key that cannot be read.
 * @example
 * import { startSandbox } from '@llpay/sandbox/node'
 * await using sandbox = await startSandbox({ cards: [{ user_id: 'u1', no_agree: '2014031710002121' }] })
 * const client = await sandbox.client()
 * const { outcome } = await client.card.unbind({ user_id: 'u1', no_agree: '2014031710002121' })
 * console.log(outcome)
 */
export async function startSandbox(options: StartSandboxOptions = {}): Promise<StartedSandbox> {
  const { port = 0, host = LOOPBACK, merchants = [], cards = [], stateFile } = options
  checkOptions(options)
  const oidPartner = checkOidPartner(options.oidPartner ?? OID_PARTNER)
  const { merchant, gateway, env: keyEnv } = await openKeys(options.keys)
  const closing = new AbortController()
  let url = ''
  const environment = () => ({
    LLPAY_BASE_URL: url,
    LLPAY_OID_PARTNER: oidPartner,
    ...keyEnv,
  })
  const file =
    stateFile === undefined ? undefined : new StateFile(stateFile, () => sandbox.state.cards.list())
  const kept = await file?.load()
  const allowHost = hostRule(host)
  const sandbox = createSandbox({
    gatewaySigner: signerOf(gateway.privateKey),
    partners: [
      {
        oidPartner,
        verifier: verifierOf(merchant.publicKey),
        signer: signerOf(merchant.privateKey),
      },
      ...merchants.map((each) => ({
        oidPartner: checkOidPartner(each.oidPartner),
        verifier: verifierOf(each.publicKey),
      })),
    ],
    cards,
    env: environment,
    publicKeys: { merchant: merchant.publicKey, gateway: gateway.publicKey },
    signal: closing.signal,
    ...(allowHost === undefined ? {} : { allowHost }),
    ...(file === undefined ? {} : { saveCards: () => file.save() }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.strict === undefined ? {} : { strict: options.strict }),
    ...(options.journal === undefined ? {} : { journal: options.journal }),
    ...(options.onRequest === undefined ? {} : { onRequest: options.onRequest }),
  })
  if (kept !== undefined) sandbox.state.cards.replace(kept)
  const server = await serveSandbox(
    async (request) => {
      try {
        return (await serveConsole(request, allowHost)) ?? (await sandbox.fetch(request))
      } catch (error) {
        if (error instanceof SandboxConnectionClosed) throw error
        return respondWith(asControlError(error))
      }
    },
    { hostname: host, port },
  )
  url = callable(server.url)
  // Only now: where the port is taken, the file may be another sandbox's.
  await file?.save().catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  return {
    url,
    env: environment(),
    keys: { merchant, gateway: { publicKey: gateway.publicKey } },
    state: sandbox.state,
    notifications: sandbox.notifications,
    get requests() {
      return sandbox.requests
    },
    client: (config = {}) =>
      makeClient(
        {
          oidPartner,
          privateKey: merchant.privateKey,
          gatewayPublicKey: gateway.publicKey,
          baseUrl: url,
          ...(options.clock === undefined ? {} : { clock: options.clock }),
        },
        config,
      ),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await server.close()
      await file?.save()
    },
  }
}
