import type { Verifier } from '../signing/ports.ts'
import { checkHandling, checkNotificationConfig } from './check-handling.ts'
import {
  handleNotifications,
  type NotificationHandler,
  type NotificationHandling,
} from './handle-notifications.ts'
import type { NotificationKind, NotificationOf } from './kinds.ts'
import { readNotification } from './read-notification.ts'

/** What a notification is verified with; `Key` is LianLian's public key in the forms that a runtime reads. */
export interface VerificationKeys<K extends NotificationKind, Key> {
  /** The kind that it must have. */
  readonly kind: K
  /** The merchant number that LianLian assigned: 18 digits. */
  readonly oidPartner: string
  /** LianLian's RSA public key in any form that `createClient` takes, or several while it rotates. */
  readonly gatewayPublicKey: Key | readonly Key[]
}

/** How notifications of one kind are received; `Key` is LianLian's public key in the forms that a runtime reads. */
export interface KeyedHandling<K extends NotificationKind, Key> extends NotificationHandling<K> {
  /** LianLian's RSA public key in any form that `createClient` takes, or several while it rotates. */
  readonly gatewayPublicKey: Key | readonly Key[]
}

/** How a runtime's package reads LianLian's keys. */
export type OpenGatewayKeys<Key> = (
  keys: Key | readonly Key[],
) => readonly { readonly verifier: Verifier }[]

const verifiersOf = <Key>(open: OpenGatewayKeys<Key>, keys: Key | readonly Key[]) =>
  open(keys).map(({ verifier }) => verifier)

/**
 * Checks a configuration, reads its keys and creates the handler.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`.
 */
export function handleWithKeys<K extends NotificationKind, Key>(
  given: KeyedHandling<K, Key>,
  open: OpenGatewayKeys<Key>,
): NotificationHandler {
  const config = checkHandling<K, KeyedHandling<K, Key>>(given)
  return handleNotifications(config, verifiersOf(open, config.gatewayPublicKey))
}

/**
 * Verifies the body of a notification with the keys of a configuration.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`; and what {@link readNotification} throws.
 */
export async function verifyWithKeys<K extends NotificationKind, Key>(
  rawBody: Uint8Array | string,
  given: VerificationKeys<K, Key>,
  open: OpenGatewayKeys<Key>,
): Promise<NotificationOf<K>> {
  const { kind, oidPartner, gatewayPublicKey } = checkNotificationConfig(given)
  const verifiers = verifiersOf(open, gatewayPublicKey)
  return readNotification(rawBody, { kind, oidPartner, verifiers })
}
