import { isLLPayError, processReply, type PreparedRequest } from '@llpay/core'

import type { JournalEntry } from '../wire/records.ts'
import { findApi } from './find-api.ts'
import { openVerifier } from './verify-reply.ts'

/** What a client makes of a reply, before any list is queried. */
export type ClientOutcome =
  | { readonly kind: 'success' }
  | {
      readonly kind: 'error'
      readonly name: string
      readonly code: string
      readonly message: string
      readonly delivered: string
      readonly returnCode?: string
    }

function asOutcome(error: unknown): ClientOutcome {
  if (!isLLPayError(error)) throw error
  const returnCode = 'returnCode' in error ? error.returnCode : undefined
  return {
    kind: 'error',
    name: error.name,
    code: error.code,
    message: error.message,
    delivered: error.delivered,
    ...(typeof returnCode === 'string' ? { returnCode } : {}),
  }
}

/** What a client throws if it got no reply at all. */
const LOST = {
  change: { name: 'UnknownOutcomeError', code: 'ERR_OUTCOME_UNKNOWN' },
  read: { name: 'TransportError', code: 'ERR_TRANSPORT_CLOSED' },
} as const

/**
 * Reads the reply of a request as the client of llpay does: with the gateway's key, in this browser.
 * Says nothing of a request that no client of llpay sends, or of a reply that the journal cut.
 */
export async function readClientOutcome(
  entry: JournalEntry,
  gatewayKey: string | undefined,
): Promise<ClientOutcome | undefined> {
  const api = findApi(entry.api)
  if (api === undefined || gatewayKey === undefined || entry.truncated) return undefined
  if (entry.status === null) {
    return { kind: 'error', message: '', delivered: 'unknown', ...LOST[api.effect] }
  }
  const { sign: _, ...members } = entry.members
  const request: PreparedRequest = {
    api,
    members,
    url: entry.path,
    method: 'POST',
    headers: {},
    body: new Uint8Array(),
    canonical: entry.canonical ?? '',
  }
  const body = new TextEncoder().encode(entry.reply ?? '')
  try {
    const verifier = await openVerifier(gatewayKey)
    await processReply(request, { status: entry.status, headers: {}, body }, { verifier })
    return { kind: 'success' }
  } catch (error) {
    return asOutcome(error)
  }
}
