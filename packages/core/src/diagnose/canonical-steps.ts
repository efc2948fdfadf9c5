import { encodeUtf8 } from '../encoding.ts'
import { compareByteOrder } from '../signing/canonical-string.ts'
import type { LocalizedText } from '../text.ts'
import { toHex } from './bytes.ts'
import type { Digest } from './ports.ts'
import type { ReceivedMessage } from './received.ts'

/** Why a member is not part of the canonical string of a received message. */
export type LeftOutReason = 'sign' | 'unsigned' | 'null' | 'empty'

/** The reasons in words. */
export const LEFT_OUT_REASONS: Readonly<Record<LeftOutReason, LocalizedText>> = {
  sign: { en: 'it is the signature', zh: '它是签名本身' },
  unsigned: { en: 'LianLian does not sign it', zh: '连连支付不对它签名' },
  null: { en: 'it is null', zh: '值为 null' },
  empty: { en: 'it is empty', zh: '值为空' },
}

/** How the canonical string of a received message is built, step by step. */
export interface CanonicalSteps {
  /** The members left out, in the order of the message, and why. */
  readonly dropped: readonly { readonly name: string; readonly reason: LeftOutReason }[]
  /** The members in the canonical string, in its order. */
  readonly signed: readonly { readonly name: string; readonly text: string }[]
  /** The text whose UTF-8 bytes should be signed. */
  readonly canonical: string
  /** How many bytes that text has in UTF-8. */
  readonly bytes: number
  /** The MD5 of those bytes, in hexadecimal. */
  readonly md5: string
}

/**
 * Builds the canonical string step by step: which members of a message are signed, in which order, and
 * which are left out.
 *
 * @param unsigned - The members that the endpoint does not sign.
 */
export function traceCanonical(
  { members }: ReceivedMessage,
  unsigned: readonly string[],
  digest: Digest,
): CanonicalSteps {
  const dropped: { name: string; reason: LeftOutReason }[] = []
  const kept: { name: string; text: string }[] = []
  for (const { name, text } of members) {
    if (name === 'sign') dropped.push({ name, reason: 'sign' })
    else if (unsigned.includes(name)) dropped.push({ name, reason: 'unsigned' })
    else if (text === null) dropped.push({ name, reason: 'null' })
    else if (text === '') dropped.push({ name, reason: 'empty' })
    else kept.push({ name, text })
  }
  const signed = kept.toSorted((left, right) => compareByteOrder(left.name, right.name))
  const canonical = signed.map(({ name, text }) => `${name}=${text}`).join('&')
  const bytes = encodeUtf8(canonical)
  return { dropped, signed, canonical, bytes: bytes.length, md5: toHex(digest('md5', bytes)) }
}
