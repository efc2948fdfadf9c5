import { fuzzRuns } from '@internal/testkit/random'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { ProtocolError } from '../errors/protocol-error.ts'
import { compareByteOrder, joinMembers } from './canonical-string.ts'
import { refuseAmbiguous } from './verify.ts'

type Member = readonly [name: string, value: string]

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const DECISIVE = ['ret_code', 'count', 'user_id', 'oid_partner']

const names = fc.constantFrom(...DECISIVE, 'ret_msg', 'a', 'z', 'user', 'ret_codex', 'Z')
const piece = fc.oneof(
  names.map((name) => `&${name}=`),
  fc.constantFrom('&', '=', '0000', '0', '1', 'x', ' '),
)
const value = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''))
const message = fc
  .uniqueArray(fc.tuple(names, value), { selector: ([name]) => name, minLength: 1, maxLength: 5 })
  .map((members): Member[] => members)

/** Every message whose canonical string is this one: each `&name=` may be a boundary or not. */
function* readings(canonical: string): Generator<Member[]> {
  const starts = Array.from(
    canonical.matchAll(/&(?=[A-Za-z_][A-Za-z0-9_]*=)/g),
    ({ index }) => index,
  )
  for (let chosen = 0; chosen < 2 ** starts.length; chosen += 1) {
    const cuts = starts.filter((_, bit) => Math.floor(chosen / 2 ** bit) % 2 === 1)
    const parts = [-1, ...cuts].map((from, at) => canonical.slice(from + 1, cuts[at]))
    const members = parts.map((part): Member => {
      const equals = part.indexOf('=')
      return [part.slice(0, equals), part.slice(equals + 1)]
    })
    if (isMessage(members)) yield members
  }
}

/** Whether members could have been received: plain names once each, in order, none empty. */
function isMessage(members: readonly Member[]): boolean {
  return members.every(([name, text], at) => {
    const next = members[at + 1]?.[0]
    const inOrder = next === undefined || compareByteOrder(name, next) < 0
    return NAME.test(name) && name !== 'sign' && text !== '' && inOrder
  })
}

function isAccepted(members: readonly Member[]): boolean {
  try {
    refuseAmbiguous(new Map(members))
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}

const decisiveOf = (members: readonly Member[]) =>
  JSON.stringify(DECISIVE.map((name) => new Map(members).get(name) ?? null))

test('accepted messages with one canonical string agree on what decides an outcome', () => {
  let shared = 0
  fc.assert(
    fc.property(message, (members) => {
      const canonical = joinMembers(members)
      const all = [...readings(canonical)]
      // The enumeration is right only if it finds the message that the string was made of.
      expect(all.map((each) => joinMembers(each))).toContain(canonical)
      if (all.length > 1) shared += 1
      const verdicts = new Set(all.filter(isAccepted).map(decisiveOf))
      expect(verdicts.size).toBeLessThanOrEqual(1)
    }),
    fuzzRuns(2000),
  )
  expect(shared).toBeGreaterThan(100)
})
