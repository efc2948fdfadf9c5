import { isLLPayError } from '@llpay/core'
import { readJsonObject, verifyMembers } from '@llpay/core/adapter'
import { createVerifier, type EdgeVerifier } from '@llpay/edge'

import type { JournalEntry } from '../wire/records.ts'
import { findApi } from './find-api.ts'

/** Whether a reply is signed, and by the gateway. */
export type ReplySignature = 'verified' | 'invalid' | 'absent'

const verifiers = new Map<string, Promise<EdgeVerifier>>()

/** The verifier of a key. No browser verifies MD5withRSA itself. */
export function openVerifier(key: string): Promise<EdgeVerifier> {
  const known = verifiers.get(key)
  if (known !== undefined) return known
  const opened = createVerifier(key, 'MD5withRSA', { backend: 'bigint' })
  verifiers.set(key, opened)
  return opened
}

/** Verifies the reply of a request; `undefined` where that cannot be said. */
export async function verifyReply(
  { reply, api, truncated }: JournalEntry,
  key: string | undefined,
): Promise<ReplySignature | undefined> {
  if (reply === null || key === undefined || truncated) return undefined
  try {
    const message = readJsonObject(reply)
    if (!message.members.has('sign')) return 'absent'
    const unsignedFields = findApi(api)?.unsignedFields ?? []
    await verifyMembers(message, { verifiers: [await openVerifier(key)], unsignedFields })
    return 'verified'
  } catch (error) {
    if (isLLPayError(error)) return 'invalid'
    throw error
  }
}
