import {
  handleWithKeys,
  type KeyedHandling,
  type NotificationHandler,
  type NotificationKind,
  type NotificationOf,
  type VerificationKeys,
  verifyWithKeys,
} from '@llpay/core/notifications'

import type { GatewayKey } from '../config.ts'
import { openGatewayKeys } from '../keys/open-keys.ts'

/** What a notification is verified with. */
export interface NotificationKeys<K extends NotificationKind> extends VerificationKeys<
  K,
  GatewayKey
> {}

/** How notifications of one kind are received. */
export interface NotificationConfig<K extends NotificationKind> extends KeyedHandling<
  K,
  GatewayKey
> {}

/**
 * Creates a handler for one kind of notifications. It reads the raw request, verifies it, delivers each
 * notification to `onNotification`, and acknowledges it once `seen` has it. A POST always gets HTTP 200:
 * `ret_code` 0000 acknowledges, and anything else makes LianLian repeat, up to 30 times in an hour.
 *
 * It takes a `Request` and resolves to a `Response`; `toNodeListener` turns it into a listener for `node:http`,
 * Express and Fastify.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`.
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 * @example
 * import { createNotificationHandler, memorySeen } from '@llpay/node'
 * const handle = createNotificationHandler({
 *   kind: 'payment',
 *   oidPartner: '201304121000001004',
 *   gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
 *   seen: memorySeen(), // in production: redisSeen(redis) or postgresSeen(pool)
 *   async onNotification({ no_order, money_order }) {
 *     console.log(no_order, money_order)
 *   },
 * })
 */
export function createNotificationHandler<K extends NotificationKind>(
  given: NotificationConfig<K>,
): NotificationHandler {
  return handleWithKeys(given, openGatewayKeys)
}

/**
 * Verifies the body of a notification and returns its members, as text. Nothing is acknowledged or
 * remembered: a valid notification may be a repeat, or may be sent again by anyone who has seen it.
 *
 * @param rawBody the bytes of the body, or their text, as they arrived.
 * @throws {SignatureError} `ERR_SIGNATURE_MISSING`, `ERR_SIGNATURE_INVALID`, `ERR_SIGNATURE_WRONG_TYPE`.
 * @throws {ProtocolError} `ERR_REPLY_NOT_JSON`, `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_AMBIGUOUS`,
 *   `ERR_REPLY_INVALID`, `ERR_REPLY_TOO_LARGE`; `ERR_REPLY_MISMATCH` for another merchant or kind.
 * @throws {ParameterError} `ERR_PARAMETER_INVALID` for a body that is neither bytes nor text.
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`.
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 * @example
 * import { verifyNotification } from '@llpay/node'
 * declare const rawBody: Uint8Array
 * const { no_order, result_pay } = await verifyNotification(rawBody, {
 *   kind: 'payout',
 *   oidPartner: '201304121000001004',
 *   gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
 * })
 * console.log(no_order, result_pay)
 */
export async function verifyNotification<K extends NotificationKind>(
  rawBody: Uint8Array | string,
  given: NotificationKeys<K>,
): Promise<NotificationOf<K>> {
  return verifyWithKeys(rawBody, given, openGatewayKeys)
}
