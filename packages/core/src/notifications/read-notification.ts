import { decodeUtf8 } from '../encoding.ts'
import { ParameterError } from '../errors/parameter-error.ts'
import type { JsonObject, JsonValue } from '../json/json-value.ts'
import { plainObject } from '../json/json-value.ts'
import { readJsonObject } from '../json/read-json.ts'
import type { Verifier } from '../signing/ports.ts'
import {
  hasSignature,
  refuseAmbiguous,
  requirePlainNames,
  requireSignType,
  type VerifiedMembers,
  verifyMembers,
} from '../signing/verify.ts'
import type { BodyLimit } from '../transport/body.ts'
import { definitionOf, kindShown, type NotificationKind, type NotificationOf } from './kinds.ts'
import {
  asNotificationError,
  badNotification,
  duplicateMember,
  unproven,
} from './notification-errors.ts'

/** The most bytes that a notification may have: 1 MiB. */
const MAX_NOTIFICATION_BYTES = 1_048_576

/** What a notification is read for. */
export interface ExpectedNotification<K extends NotificationKind> {
  /** The kind that its route is for. */
  readonly kind: K
  /** The merchant number. */
  readonly oidPartner: string
  /** LianLian's keys: one of them must accept the signature. */
  readonly verifiers: readonly Verifier[]
  /** Whether the body is form-encoded. */
  readonly isForm?: boolean
  /**
   * Whether the merchant's own records are asked next. Without them, a payment that names neither product
   * nor bank is refused: it may be a payout.
   */
  readonly hasRecords?: boolean
}

/** The error for a notification beyond {@link MAX_NOTIFICATION_BYTES}. */
const tooLarge = () =>
  badNotification('ERR_REPLY_TOO_LARGE', {
    reason: 'notification.too-large',
    message: `The notification has more than ${MAX_NOTIFICATION_BYTES} bytes, which none of LianLian's has.`,
    params: { max: MAX_NOTIFICATION_BYTES },
  })

/** How large the body of a notification may be. */
export const NOTIFICATION_LIMIT: BodyLimit = { maxBytes: MAX_NOTIFICATION_BYTES, tooLarge }

function textOf(body: unknown): string {
  if (typeof body === 'string') {
    if (body.length > MAX_NOTIFICATION_BYTES) throw tooLarge()
    return body
  }
  if (!(body instanceof Uint8Array)) {
    throw new ParameterError(
      {
        reason: 'notification.not-raw',
        message: 'The body of a notification must be its bytes, or their text, as they arrived.',
        hint: 'A parsed body does not verify: read the request before a body parser does.',
      },
      [{ path: 'rawBody', rule: 'bytes' }],
    )
  }
  if (body.length > MAX_NOTIFICATION_BYTES) throw tooLarge()
  const text = decodeUtf8(body)
  if (text === undefined) {
    throw badNotification('ERR_REPLY_NOT_JSON', {
      reason: 'notification.not-utf8',
      message: 'The bytes of the notification are not UTF-8.',
    })
  }
  return text
}

function formText(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    throw badNotification('ERR_REPLY_NOT_JSON', {
      reason: 'notification.form-encoding',
      message: 'The notification is form-encoded, but not as UTF-8.',
    })
  }
}

/** Reads a form-encoded body, as older integrations get it, as an object of texts. */
function readForm(text: string): JsonObject {
  const members = new Map<string, JsonValue>()
  for (const pair of text.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const key = formText(name)
    if (members.has(key)) throw duplicateMember()
    members.set(key, { kind: 'string', value: formText(rest.join('=')) })
  }
  return { kind: 'object', members }
}

async function verify(
  message: JsonObject,
  verifiers: readonly Verifier[],
): Promise<VerifiedMembers> {
  requirePlainNames(message.members.keys())
  requireSignType(message, verifiers)
  if (!hasSignature(message)) {
    throw unproven('ERR_SIGNATURE_MISSING', {
      reason: 'notification.unsigned',
      message: 'The notification is not signed, so it proves nothing.',
    })
  }
  const signed = await verifyMembers(message, { verifiers, unsignedFields: [] })
  refuseAmbiguous(signed)
  return signed
}

function requireKind(
  signed: VerifiedMembers,
  { kind, hasRecords }: ExpectedNotification<NotificationKind>,
): void {
  const shown = kindShown(signed)
  const result = signed.get('result_pay')
  const isPaid = result === 'SUCCESS'
  const fits = {
    payment:
      isPaid &&
      (shown === 'payment' ||
        (shown === undefined && signed.has('bank_code')) ||
        (shown === 'payout' && hasRecords === true)),
    payout: shown === 'payout' || result === 'FAILURE' || result === 'CANCEL',
    refund: shown === 'refund',
    bind: shown === 'bind',
    exchange: shown === 'exchange',
  }
  if (fits[kind]) return
  throw badNotification('ERR_REPLY_MISMATCH', {
    reason: 'notification.wrong-kind',
    message: `LianLian signed the notification, but it is not of the kind ${kind} that this route takes.`,
    hint: 'Use one notify_url for each kind, and check which one the request named.',
    params: { kind },
  })
}

function isNotificationOf<K extends NotificationKind>(
  kind: K,
  message: JsonObject,
  members: unknown,
): members is NotificationOf<K> {
  if (typeof members !== 'object' || members === null) return false
  const { fields, oneOf } = definitionOf(kind)
  if (oneOf?.some((name) => Object.hasOwn(members, name)) === false) return false
  return Object.entries(fields).every(([name, { optional }]) => {
    const received = message.members.get(name)?.kind ?? 'null'
    if (received === 'null') return optional === true
    return received === 'string' && (optional === true || Object.hasOwn(members, name))
  })
}

async function readMessage<K extends NotificationKind>(
  body: Uint8Array | string,
  expected: ExpectedNotification<K>,
): Promise<NotificationOf<K>> {
  const { kind, oidPartner, verifiers, isForm } = expected
  const text = textOf(body)
  const message = isForm === true ? readForm(text) : readJsonObject(text)
  const signed = await verify(message, verifiers)
  if (signed.get('oid_partner') !== oidPartner) {
    throw badNotification('ERR_REPLY_MISMATCH', {
      reason: 'notification.other-merchant',
      message: 'LianLian signed the notification, but it names another merchant, or none.',
      hint: 'Compare oidPartner with the merchant number that sent the request.',
    })
  }
  requireKind(signed, expected)
  const members: unknown = plainObject(signed)
  if (!isNotificationOf(kind, message, members)) {
    throw badNotification('ERR_REPLY_INVALID', {
      reason: 'notification.wrong-form',
      message: `LianLian signed the notification, but it lacks a member that every ${kind} notification has, or has one that is not text.`,
      params: { kind },
    })
  }
  return members
}

/**
 * Verifies the body of a notification, and returns its members. Nothing is acknowledged or remembered.
 *
 * @throws {SignatureError} `ERR_SIGNATURE_MISSING`, `ERR_SIGNATURE_INVALID`, `ERR_SIGNATURE_WRONG_TYPE`.
 * @throws {ProtocolError} `ERR_REPLY_NOT_JSON`, `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_AMBIGUOUS`,
 *   `ERR_REPLY_INVALID`, `ERR_REPLY_TOO_LARGE`; `ERR_REPLY_MISMATCH` for another merchant or kind.
 * @throws {ParameterError} `ERR_PARAMETER_INVALID` for a body that is neither bytes nor text.
 */
export async function readNotification<K extends NotificationKind>(
  body: Uint8Array | string,
  expected: ExpectedNotification<K>,
): Promise<NotificationOf<K>> {
  try {
    return await readMessage(body, expected)
  } catch (error) {
    throw asNotificationError(error)
  }
}

/** The key by which a notification is deduplicated: its kind, the merchant, LianLian's number and the result. */
export function keyOf(
  kind: NotificationKind,
  members: Readonly<Record<string, string | undefined>>,
): string {
  const names = ['oid_partner', ...definitionOf(kind).key]
  return [kind, ...names.map((name) => encodeURIComponent(members[name] ?? ''))].join(':')
}
