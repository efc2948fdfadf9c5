import { MAX_TIMER_MS } from '../client/clock.ts'
import { checkClock, checkFunction, checkOidPartner, refuseUnknown } from '../client/config.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { NotificationHandling } from './handle-notifications.ts'
import { NOTIFICATIONS, type NotificationKind } from './kinds.ts'

/** The options of a handler, apart from its keys. */
const OPTIONS = [
  'kind',
  'oidPartner',
  'seen',
  'onNotification',
  'onRefused',
  'expect',
  'leaseMs',
  'deadlineMs',
  'clock',
  'form',
]

/**
 * Checks the kind of a notification, which may come from untyped code.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_MISSING`.
 */
function checkKind(kind: unknown): asserts kind is NotificationKind {
  if (typeof kind === 'string' && Object.hasOwn(NOTIFICATIONS, kind)) return
  const kinds = Object.keys(NOTIFICATIONS).join(', ')
  throw new ConfigError(kind === undefined ? 'ERR_CONFIG_MISSING' : 'ERR_CONFIG_INVALID', {
    reason: 'notification.kind',
    message: `kind must be one of ${kinds}.`,
    hint: 'Use one notify_url, and so one handler, for each kind.',
    params: { kinds },
  })
}

function checkSeen(seen: unknown): void {
  const isStore =
    typeof seen === 'object' &&
    seen !== null &&
    ['claim', 'done', 'release'].every((name) => typeof Reflect.get(seen, name) === 'function')
  if (isStore) return
  throw new ConfigError(seen === undefined ? 'ERR_CONFIG_MISSING' : 'ERR_CONFIG_INVALID', {
    reason: 'notification.seen',
    message: 'seen must be a store with the functions claim, done and release.',
    hint: 'Use redisSeen, postgresSeen or d1Seen; memorySeen in tests.',
  })
}

function checkMs(name: string, ms: unknown): void {
  if (ms === undefined) return
  if (typeof ms === 'number' && Number.isInteger(ms) && ms > 0 && ms <= MAX_TIMER_MS) return
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'notification.ms',
    message: `${name} must be a whole number of milliseconds from 1 to ${MAX_TIMER_MS}.`,
    params: { name, max: MAX_TIMER_MS },
  })
}

function requireFunction(name: string, value: unknown): void {
  if (value !== undefined) return checkFunction(name, value)
  throw new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'notification.callback-missing',
    message: `${name} is missing.`,
    hint: 'Give a function that stores the notification and returns.',
    params: { name },
  })
}

function requireObject(given: unknown): void {
  if (typeof given === 'object' && given !== null) return
  throw new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'notification.config-missing',
    message: 'The configuration of the notifications is missing.',
    hint: 'Pass an object with at least kind, oidPartner and gatewayPublicKey.',
  })
}

/**
 * Checks what is common to verifying and handling notifications, apart from keys, and returns a copy without a
 * prototype.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`.
 */
export function checkNotificationConfig<
  C extends { readonly kind: NotificationKind; readonly oidPartner: string },
>(given: C): C {
  requireObject(given)
  const config: C = Object.assign(Object.create(null), given)
  checkKind(config.kind)
  checkOidPartner(config.oidPartner)
  return config
}

/**
 * Checks the configuration of a handler, apart from its keys, and returns a copy without a prototype.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`.
 */
export function checkHandling<K extends NotificationKind, C extends NotificationHandling<K>>(
  given: C,
): C {
  requireObject(given)
  refuseUnknown(Object.keys(given), [...OPTIONS, 'gatewayPublicKey'], 'The notification handler')
  const config = checkNotificationConfig(given)
  checkSeen(config.seen)
  requireFunction('onNotification', config.onNotification)
  checkFunction('onRefused', config.onRefused)
  checkFunction('expect', config.expect)
  checkMs('leaseMs', config.leaseMs)
  checkMs('deadlineMs', config.deadlineMs)
  checkClock(config.clock)
  if (config.form !== undefined && typeof config.form !== 'boolean') {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'notification.form-option',
      message: 'form must be true or false.',
    })
  }
  return config
}
