import { ConfigError } from '../errors/config-error.ts'
import type { FetchLike } from '../transport/fetch-transport.ts'
import type { Transport } from '../transport/port.ts'
import { parseBaseUrl } from './base-url.ts'
import type { Clock } from './clock.ts'
import type { OnEvent } from './events.ts'

/** When the list of bound cards is queried. */
export type SettleMode = 'never' | 'auto' | 'always'

/** Checks the form of a merchant number. */
export function checkOidPartner(oidPartner: unknown): asserts oidPartner is string {
  if (typeof oidPartner === 'string' && /^[0-9]{18}$/.test(oidPartner)) return
  throw new ConfigError(oidPartner === undefined ? 'ERR_CONFIG_MISSING' : 'ERR_CONFIG_INVALID', {
    reason: 'config.oid-partner',
    message: 'oid_partner, the merchant number, must be text of 18 digits.',
    hint: "Copy it from LianLian's merchant console.",
  })
}

/** How long a call may take by default, in milliseconds. */
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
   * The URL of a sandbox or a proxy, in place of LianLian's hosts (default: LianLian). A call goes to
   * this URL followed by the endpoint's path. Plain http is accepted for loopback hosts only.
   */
  readonly baseUrl?: string | undefined
  /** How long a whole call may take, in milliseconds: signing, retries, settlement and body (default: 30000). */
  readonly timeoutMs?: number | undefined
  /**
   * How often a request that was not delivered is retried, and how often a change is sent again after
   * LianLian's list shows that it did not happen: 0 to 10 (default: 2).
   */
  readonly retry?: number | undefined
  /**
   * When LianLian's list of bound cards is queried to settle an outcome: `auto` after an unknown
   * outcome, `always` also before and after each change, `never` not at all (default: `auto`).
   */
  readonly settle?: SettleMode | undefined
  /**
   * The products (`pay_type`) under which your customers' cards may be bound (default: 2, 3, D, P, M,
   * F, N). Before an agreement counts as not bound, the list of each is queried.
   */
  readonly payTypes?: readonly string[] | undefined
  /** Called with every request, reply, retry and settlement, for logs and metrics. See `ClientEvent`. */
  readonly onEvent?: OnEvent | undefined
  /** The clock of deadlines, backoff and settlement (default: the runtime's). For tests. */
  readonly clock?: Clock | undefined
  /** The `fetch` to send with, in place of the default transport. */
  readonly fetch?: FetchLike | undefined
  /** The transport to send with, in place of the default one. TLS is then your responsibility. */
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
  throw new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'config.missing',
    message: 'The configuration is missing.',
    hint: 'Pass an object with at least oidPartner, privateKey and gatewayPublicKey.',
  })
}

/** A name that can be shown: anything else may be a value in the wrong place, such as a key. */
const NAME = /^[a-z][A-Za-z_]{0,39}$/
const letters = (name: string) => name.replaceAll('_', '').toLowerCase()

/** The option that a name was probably meant to be: other case, cut off, or with a wrong ending. */
function nearest(name: string, known: readonly string[]): string | undefined {
  for (let length = Math.max(letters(name).length, 4); length > 3; length -= 1) {
    const start = letters(name).slice(0, length)
    const found = known.find((each) => letters(each).startsWith(start))
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Refuses unknown options, and suggests the nearest known one.
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
    if (!NAME.test(name)) return '(name hidden)'
    const meant = nearest(name, known)
    return meant === undefined ? name : `${name} (did you mean ${meant}?)`
  })
  const params = { names: shown.join(', '), known: known.join(', ') }
  throw new ConfigError('ERR_CONFIG_UNKNOWN_OPTION', {
    reason: 'config.unknown-option',
    message: `${whose} has ${shown.length === 1 ? 'an unknown option' : 'unknown options'}: ${params.names}.`,
    hint: `Known options: ${params.known}.`,
    params,
  })
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
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.timeout',
    message: `timeoutMs must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS}.`,
    params: { max: MAX_TIMEOUT_MS },
  })
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
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.clock',
    message: 'clock must be an object with the functions now and sleep.',
    hint: "Leave it out to use the runtime's clock.",
  })
}

/**
 * Checks the settle mode.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkSettle(settle: unknown): void {
  if (settle === undefined || SETTLE_MODES.some((mode) => mode === settle)) return
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.settle',
    message: `settle must be one of ${SETTLE_MODES.join(', ')}.`,
    params: { modes: SETTLE_MODES.join(', ') },
  })
}

/**
 * Checks an optional function.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.function',
    message: `${name} must be a function.`,
    params: { name },
  })
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
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.pay-types',
    message: "payTypes must be a list of distinct pay_type values, such as ['2', 'D'].",
    hint: 'Leave it out to query all known products.',
  })
}

function checkSettlement({ retry, settle, payTypes, onEvent }: CommonConfig): void {
  if (retry !== undefined && !(Number.isInteger(retry) && retry >= 0 && retry <= MAX_RETRIES)) {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'config.retry',
      message: `retry must be a whole number from 0 to ${MAX_RETRIES}.`,
      params: { max: MAX_RETRIES },
    })
  }
  checkSettle(settle)
  checkPayTypes(payTypes)
  checkFunction('onEvent', onEvent)
}

/**
 * Checks a client's configuration, apart from its keys, and returns a copy without a prototype.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INSECURE`.
 */
export function checkConfig<C extends CommonConfig>(
  given: C,
  extraNames: readonly string[] = [],
): C {
  requireObject(given)
  // An inherited property is not configuration: other code in the process may have put it there.
  const config: C = Object.assign(Object.create(null), given)
  checkNames(config, extraNames)
  checkOidPartner(config.oidPartner)
  checkTimeout(config.timeoutMs)
  checkSettlement(config)
  checkClock(config.clock)
  if (config.baseUrl !== undefined) parseBaseUrl(config.baseUrl)
  if (config.fetch !== undefined && config.transport !== undefined) {
    throw new ConfigError('ERR_CONFIG_CONFLICT', {
      reason: 'config.two-transports',
      message: 'Both fetch and transport are set, but only one can send.',
      hint: 'Leave one out.',
    })
  }
  return config
}
