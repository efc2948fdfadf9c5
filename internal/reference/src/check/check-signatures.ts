import { createPublicKey, verify } from 'node:crypto'

import { plainCanonical, vectorKey } from '@internal/vectors'
import type { Api } from '@llpay/core'

import { SAMPLE_KEYS, type SignedSample } from '../sign-sample.ts'

function verifies(canonical: string, sign: unknown, key: string): boolean {
  const signature = Buffer.from(String(sign), 'base64')
  const publicKey = createPublicKey(vectorKey(key).spkiPem)
  return verify('md5', Buffer.from(canonical), publicKey, signature)
}

/** The members that take part in a signature, as text. */
function textMembers(message: object, without: readonly string[]): Record<string, string> {
  const members = Object.entries(message).filter(([name]) => !without.includes(name))
  return Object.fromEntries(members.map(([name, value]) => [name, String(value)]))
}

/** Verifies the messages of a sample with node:crypto, over its own canonical string. */
export function checkSignatures(api: Api, sample: SignedSample): string[] {
  const request = plainCanonical(textMembers(sample.request, []))
  const reply = plainCanonical(textMembers(sample.reply, api.unsignedFields))
  return [
    ...(request === sample.requestCanonical ? [] : ['the canonical string of the request differs']),
    ...(reply === sample.replyCanonical ? [] : ['the canonical string of the reply differs']),
    ...(verifies(request, sample.request['sign'], SAMPLE_KEYS.merchant)
      ? []
      : ['the request does not verify']),
    ...(verifies(reply, sample.reply['sign'], SAMPLE_KEYS.gateway)
      ? []
      : ['the reply does not verify']),
  ]
}
