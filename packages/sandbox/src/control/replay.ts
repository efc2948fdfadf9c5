import { signMembers } from '@llpay/core/adapter'

import type { Gateway } from '../gateway/gateway.ts'
import type { JournalEntry, Journal } from '../journal/journal.ts'
import { ControlError } from './control-error.ts'
import { type JsonMembers, readChanges, refuseUnknown } from './read-body.ts'

function readId(id: unknown): number {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return id
  throw new ControlError(400, 'id must be the id of a request: a whole number.')
}

function changeMembers(entry: JournalEntry, changes: unknown): Record<string, string> {
  const members = new Map(Object.entries(entry.members))
  for (const [name, value] of readChanges(changes)) {
    if (value === null) members.delete(name)
    else members.set(name, value)
  }
  members.delete('sign')
  return Object.fromEntries(members)
}

/**
 * Sends a request of the journal again, with other members where the body has some, signed afresh
 * with the merchant's key.
 *
 * @throws {ControlError} 400, 404.
 */
export async function replay(
  gateway: Gateway,
  journal: Journal,
  body: JsonMembers,
): Promise<JournalEntry> {
  refuseUnknown(body, ['id', 'members'])
  const entry = journal.find(readId(body['id']))
  if (entry === undefined) throw new ControlError(404, 'The journal has no such request.')
  if (entry.canonical === null || entry.api === null) {
    throw new ControlError(
      400,
      'This request was not a message to an endpoint: it cannot be signed.',
    )
  }
  if (entry.truncated) throw new ControlError(400, 'This request was cut in the journal.')
  const members = changeMembers(entry, body['members'])
  const signer = gateway.signerOf(members['oid_partner'])
  if (signer === undefined) {
    throw new ControlError(400, "The sandbox does not have this merchant's private key.")
  }
  const { sign } = await signMembers(members, signer)
  return gateway.replay(entry.path, JSON.stringify({ ...members, sign }))
}
