import { ConfigError } from '../errors/config-error.ts'
import { KeyError } from '../errors/key-error.ts'
import type { RsaPublicKey } from '../keys/rsa-key.ts'
import { isSandboxKey } from '../keys/sandbox-mark.ts'
import type { FetchLike } from '../transport/fetch-transport.ts'
import type { Transport } from '../transport/port.ts'
import { parseBaseUrl, reachesLianLian } from './base-url.ts'
import type { Clock } from './clock.ts'
import type { OnEvent } from './events.ts'

/** When the list of bound cards is asked. */
export type SettleMode = 'never' | 'auto' | 'always'

/** Makes sure that a merchant number has the form that LianLian gives out. */
export function checkOidPartner(oidPartner: unknown): asserts oidPartner is string {
  if (typeof oidPartner === 'string' && /^[0-9]{18}$/.test(oidPartner)) return
  throw new ConfigError(
    oidPartner === undefined ? 'ERR_CONFIG_MISSING' : 'ERR_CONFIG_INVALID',
    "oid_partner, the merchant number that LianLian assigned, must be text of 18 digits. Copy it from LianLian's merchant console.",
  )
}

/** How long a call may take unless told otherwise. */
export const DEFAULT_TIMEOUT_MS = 30_000

const MAX_TIMEOUT_MS = 2_147_483_647
const MAX_RETRIES = 10
const PAY_TYPE = /^[0-9A-Za-z]{1,32}$/
const SETTLE_MODES: readonly SettleMode[] = ['never', 'auto', 'always']

/** The part of a client's configuration that is the same in every runtime. */
export interface CommonConfig {
  /** The merchant number that LianLian assigned: 18 digits. */
  readonly oidPartner: string
  /**
   * Takes the place of LianLian's hosts, for a sandbox or a proxy: the URL of a call is this without
   * trailing slashes, and the endpoint's path. Plain http is accepted for loopback hosts only.
   */
  readonly baseUrl?: string | undefined
  /** How long a whole call may take, in milliseconds, body included. 30000 unless told. */
  readonly timeoutMs?: number | undefined
  /**
   * How often a request of which nothing was delivered is repeated, and how often a change may be
   * sent once more after LianLian's list shows that it did not happen. 0 to 10; 2 unless told.
   */
  readonly retry?: number | undefined
  /**
   * Whether LianLian's list of bound cards is asked: `auto` (the default) after an unknown outcome,
   * `always` also before and after, `never` not at all.
   */
  readonly settle?: SettleMode | undefined
  /**
   * The products (`pay_type`) under which your customers' cards may be bound (default: 2, 3, D, P, M,
   * F, N). Before an agreement counts as not bound, the list of each is queried.
   */
  readonly payTypes?: readonly string[] | undefined
  /** Told what happens: requests, answers, repetitions, settlement. See `ClientEvent`. */
  readonly onEvent?: OnEvent | undefined
  /** The clock of deadlines, backoff and settlement (default: the runtime's). For tests. */
  readonly clock?: Clock | undefined
  /** The `fetch` to send with, in place of the usual transport. */
  readonly fetch?: FetchLike | undefined
  /** The transport to send with, in place of the usual one. TLS is then yours. */
  readonly transport?: Transport | undefined
}

const COMMON_NAMES = [
  'oidPartner',
  'privateKey',
  'gatewayPublicKey',
  'baseUrl',
  'timeoutMs',
  'retry',
  'settle',
  'payTypes',
  'onEvent',
  'clock',
  'fetch',
  'transport',
]

function requireObject(config: unknown): void {
  if (typeof config === 'object' && config !== null) return
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    'No configuration was given. A client needs at least oidPartner, privateKey and gatewayPublicKey.',
  )
}

/** A name that can be shown: anything else may be a value in the wrong place, such as a key. */
const NAME = /^[a-z][A-Za-z_]{0,39}$/
const letters = (name: string) => name.replaceAll('_', '').toLowerCase()

/** The option that a name was meant for: written in another way, cut off, or with a wrong ending. */
function nearest(name: string, known: readonly string[]): string | undefined {
  for (let length = Math.max(letters(name).length, 4); length > 3; length -= 1) {
    const start = letters(name).slice(0, length)
    const found = known.find((each) => letters(each).startsWith(start))
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Refuses options that are not known, and names the one that was probably meant.
 *
 * @throws {ConfigError} `ERR_CONFIG_UNKNOWN_OPTION`.
 */
export function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  whose: string,
): void {
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const shown = unknown.map((name) => {
    if (!NAME.test(name)) return 'a name that is not shown'
    const meant = nearest(name, known)
    return meant === undefined ? name : `${name} (did you mean ${meant}?)`
  })
  throw new ConfigError(
    'ERR_CONFIG_UNKNOWN_OPTION',
    `${whose} has unknown options: ${shown.join(', ')}. Known are: ${known.join(', ')}.`,
  )
}

function checkNames(config: object, extraNames: readonly string[]): void {
  const known = [...COMMON_NAMES, ...extraNames]
  refuseUnknown(Object.keys(config), known, 'The configuration')
}

function checkTimeout(timeoutMs: unknown): void {
  if (timeoutMs === undefined) return
  if (
    typeof timeoutMs === 'number' &&
    Number.isInteger(timeoutMs) &&
    timeoutMs > 0 &&
    timeoutMs <= MAX_TIMEOUT_MS
  ) {
    return
  }
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `timeoutMs must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS}.`,
  )
}

/**
 * Checks a clock.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkClock(clock: unknown): void {
  if (clock === undefined) return
  const has = (name: string) =>
    typeof clock === 'object' && clock !== null && typeof Reflect.get(clock, name) === 'function'
  if (has('now') && has('sleep')) return
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    'clock must be an object with the functions now and sleep. Leave it out for the clock of the runtime.',
  )
}

/**
 * Checks when the list of bound cards is to be queried.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkSettle(settle: unknown): void {
  if (settle === undefined || SETTLE_MODES.some((mode) => mode === settle)) return
  throw new ConfigError('ERR_CONFIG_INVALID', `settle must be one of ${SETTLE_MODES.join(', ')}.`)
}

/**
 * Checks an option that is a function, if it is given.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new ConfigError('ERR_CONFIG_INVALID', `${name} must be a function.`)
}

/**
 * Checks the products under which an agreement may be bound.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkPayTypes(payTypes: unknown): void {
  if (payTypes === undefined) return
  const isList =
    Array.isArray(payTypes) &&
    payTypes.length > 0 &&
    payTypes.every((each) => typeof each === 'string' && PAY_TYPE.test(each)) &&
    new Set(payTypes).size === payTypes.length
  if (isList) return
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    "payTypes must be a list of LianLian's pay_type values, each once, such as ['2', 'D']. Leave it out for all that are known.",
  )
}

function checkSettlement({ retry, settle, payTypes, onEvent }: CommonConfig): void {
  if (retry !== undefined && !(Number.isInteger(retry) && retry >= 0 && retry <= MAX_RETRIES)) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `retry must be a whole number from 0 to ${MAX_RETRIES}.`,
    )
  }
  checkSettle(settle)
  checkPayTypes(payTypes)
  checkFunction('onEvent', onEvent)
}

/**
 * Checks what a client is configured with, keys aside, and returns a copy without a prototype.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INSECURE`.
 */
export function checkConfig<C extends CommonConfig>(
  given: C,
  extraNames: readonly string[] = [],
): C {
  requireObject(given)
  // What a prototype holds is not configuration: other code in the process may have put it there.
  const config: C = Object.assign(Object.create(null), given)
  checkNames(config, extraNames)
  checkOidPartner(config.oidPartner)
  checkTimeout(config.timeoutMs)
  checkSettlement(config)
  checkClock(config.clock)
  if (config.baseUrl !== undefined) parseBaseUrl(config.baseUrl)
  if (config.fetch !== undefined && config.transport !== undefined) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      'Both fetch and transport are given, and only one can send. Leave one out.',
    )
  }
  return config
}

/** The error for the merchant's own public key given as LianLian's. */
export function ownGatewayKey(): KeyError {
  return new KeyError(
    'ERR_KEY_MISMATCH',
    "The gateway key is the merchant's own public key: it would verify nothing that LianLian signs. Give LianLian's public key, from the merchant console.",
  )
}

/** A key as far as its public numbers are known. */
interface PublicPart {
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
}

/**
 * Checks that the keys of a client fit each other and the place they are used at.
 *
 * @throws {KeyError} `ERR_KEY_MISMATCH` for the merchant's own public key given as LianLian's.
 * @throws {ConfigError} `ERR_CONFIG_SANDBOX_KEY` for a sandbox key where LianLian itself is called.
 */
export function checkKeys(
  privateKey: PublicPart | undefined,
  gatewayKeys: readonly RsaPublicKey[],
  baseUrl: string | undefined,
): void {
  if (privateKey !== undefined && gatewayKeys.some((key) => key.matches(privateKey))) {
    throw ownGatewayKey()
  }
  const keys = privateKey === undefined ? gatewayKeys : [privateKey, ...gatewayKeys]
  if (reachesLianLian(baseUrl) && keys.some(isSandboxKey)) {
    throw new ConfigError(
      'ERR_CONFIG_SANDBOX_KEY',
      "The key was made for the sandbox, and the call would go to LianLian itself. Set the base URL to the sandbox's, or use the real keys.",
    )
  }
}
