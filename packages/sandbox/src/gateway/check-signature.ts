import { decodeBase64, encodeUtf8 } from '@llpay/core/adapter'
import type { Signer, Verifier } from '@llpay/core/signing'

import type { ReceivedRequest } from './read-message.ts'

/** A merchant that the sandbox knows. */
export interface Partner {
  /** The merchant number, 18 digits. */
  readonly oidPartner: string
  /** Verifies with the merchant's public key. */
  readonly verifier: Verifier
  /** Signs replays of this merchant's requests; without it they cannot be replayed. */
  readonly signer?: Signer
}

/** Whether a signature is good; if not, why, and what it was made over where that can be found. */
export interface SignatureCheck {
  readonly ok: boolean
  readonly why: string
  readonly signed: string | null
}

const fail = (why: string, signed: string | null = null): SignatureCheck => ({
  ok: false,
  why,
  signed,
})

type Entries = readonly (readonly [name: string, text: string])[]

const join = (entries: Entries) => entries.map(([name, text]) => `${name}=${text}`).join('&')

const sorted = (entries: Entries) => entries.toSorted(([left], [right]) => (left < right ? -1 : 1))

const filled = (entries: Entries) => entries.filter(([, text]) => text !== '')

/** The mistakes that are tried, each with the text that it leads to. */
const MISTAKES: readonly (readonly [why: string, text: (entries: Entries) => string])[] = [
  ['signed in the order of the message, not sorted by name', (all) => join(filled(all))],
  ['signed with empty members', (all) => join(sorted(all))],
  [
    'signed without sign_type',
    (all) => join(sorted(filled(all)).filter(([name]) => name !== 'sign_type')),
  ],
  [
    'signed with URL-encoded values',
    (all) => join(sorted(filled(all)).map(([name, text]) => [name, encodeURIComponent(text)])),
  ],
  [
    'signed with trimmed values',
    (all) => join(sorted(filled(all)).map(([name, text]) => [name, text.trim()])),
  ],
  ['signed with an & behind the last member', (all) => `${join(sorted(filled(all)))}&`],
  ['signed the JSON text', (all) => JSON.stringify(Object.fromEntries(all))],
]

async function verifies({ verifier }: Partner, text: string, sign: Uint8Array): Promise<boolean> {
  return verifier.verify(encodeUtf8(text), sign)
}

/** Verifies a request's signature with the merchant's key, and looks for the mistake if it fails. */
export async function checkSignature(
  { texts, canonical }: ReceivedRequest,
  partner: Partner,
  partners: readonly Partner[],
): Promise<SignatureCheck> {
  const sign = decodeBase64((texts['sign'] ?? '').replaceAll(/[\r\n]/g, ''))
  if (sign === undefined || sign.length === 0) return fail('sign is not base64')
  if (await verifies(partner, canonical, sign)) return { ok: true, why: '', signed: canonical }
  const entries = Object.entries(texts).filter(([name]) => name !== 'sign')
  for (const [why, makeText] of MISTAKES) {
    const text = makeText(entries)
    if (text !== canonical && (await verifies(partner, text, sign))) return fail(why, text)
  }
  for (const other of partners) {
    if (other !== partner && (await verifies(other, canonical, sign))) {
      return fail("signed with another merchant's key", canonical)
    }
  }
  return fail("does not verify with the merchant's public key: another key, or other members")
}
