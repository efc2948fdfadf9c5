import { LLPayError, type ErrorText, type TextParams } from '../errors/ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SignatureError } from '../errors/signature-error.ts'

/** No request of the merchant's is behind a notification. */
const RECEIVED = { delivered: 'no' } as const

/** The error for a notification that breaks the protocol, or belongs elsewhere. */
export const badNotification = (code: ProtocolError['code'], text: ErrorText): ProtocolError =>
  new ProtocolError(code, text, RECEIVED)

/** The error for a notification whose signature proves nothing. */
export const unproven = (
  code: SignatureError['code'],
  text: ErrorText,
  cause?: unknown,
): SignatureError => new SignatureError(code, text, { ...RECEIVED, cause })

const DUPLICATE_MEMBER: ErrorText = {
  reason: 'notification.duplicate-member',
  message:
    'The notification has a member twice, so two readers could see two different notifications.',
}

/** The error for a member that is there twice. */
export const duplicateMember = (): ProtocolError =>
  badNotification('ERR_REPLY_DUPLICATE_MEMBER', DUPLICATE_MEMBER)

const RAW_HINT =
  'Pass the bytes of the body as they arrived: a body that was parsed and written again does not verify.'

/** What the parts that also read replies say, in the words of a notification; by their reason. */
const TEXTS: Readonly<Record<string, (params: TextParams) => ErrorText>> = {
  'reply.not-json': (params) => ({
    reason: 'notification.not-json',
    message: `The notification is not valid JSON: ${params['why']}.`,
    hint: RAW_HINT,
    params,
  }),
  'reply.too-deep': (params) => ({
    reason: 'notification.too-deep',
    message: `The notification nests deeper than ${params['max']} levels.`,
    params,
  }),
  'reply.duplicate-member': () => DUPLICATE_MEMBER,
  'reply.lone-surrogate': () => ({
    reason: 'notification.lone-surrogate',
    message: 'The notification contains half a character (a lone surrogate).',
  }),
  'reply.not-an-object': () => ({
    reason: 'notification.not-an-object',
    message: 'The notification is JSON, but not an object.',
    hint: RAW_HINT,
  }),
  'reply.member-name': () => ({
    reason: 'notification.member-name',
    message:
      'The notification has a member whose name is not made of letters, digits and underscores.',
  }),
  'reply.not-signable': () => ({
    reason: 'notification.not-signable',
    message: 'The notification has an object or an array where only text can be signed.',
  }),
  'reply.ambiguous': () => ({
    reason: 'notification.ambiguous',
    message:
      'The signed text of the notification can be read as members other than the ones received.',
  }),
  'signature.not-base64': () => ({
    reason: 'notification.not-base64',
    message: "The notification's signature is not canonical base64.",
  }),
  'signature.wrong-type': () => ({
    reason: 'notification.wrong-sign-type',
    message: 'The notification names a sign_type other than the configured one.',
  }),
  'signature.mismatch': () => ({
    reason: 'notification.mismatch',
    message:
      "The notification's signature does not verify with the configured gateway key: LianLian did not sign it, the key is not LianLian's current one, or the body was altered before it was verified.",
    hint: `${RAW_HINT} If they are, compare the gateway key with the one in the merchant console.`,
  }),
  'signature.verifier-failed': () => ({
    reason: 'notification.verifier-failed',
    message: 'The verifier failed, so the signature of the notification proves nothing.',
    hint: 'See its logs and the cause.',
  }),
}

/** Says of a notification what the shared code says of a reply. */
export function asNotificationError(error: unknown): unknown {
  if (!(error instanceof LLPayError) || !Object.hasOwn(TEXTS, error.reason)) return error
  const text = TEXTS[error.reason]?.(error.params)
  if (text === undefined) return error
  if (error instanceof ProtocolError) return badNotification(error.code, text)
  if (error instanceof SignatureError) return unproven(error.code, text, error.cause)
  return error
}
