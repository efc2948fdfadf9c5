import { fuzzRuns } from '@internal/testkit/random'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { readJsonObject } from './read-json.ts'

const anyCharacter = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800))

const CODES = ['ERR_REPLY_NOT_JSON', 'ERR_REPLY_DUPLICATE_MEMBER', 'ERR_REPLY_INVALID']
const SPLINTERS = [
  ...Array.from('{}[]":,\\/0123456789eE+-.utfnrbx \n\t\0'),
  '\\u0061',
  '\\ud83d',
  '\\ude00',
  '"a":',
  '"__proto__":',
  'null',
  'true',
  '\uFEFF',
  '\ud83d',
  '😀',
]

const texts = fc.json({ maxDepth: 4 })
const damaged = fc
  .tuple(
    texts,
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...SPLINTERS)), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((before, [place, removed, added]) => {
      const at = place % (before.length + 1)
      return before.slice(0, at) + added + before.slice(at + removed)
    }, text),
  )
const splinters = fc
  .array(fc.constantFrom(...SPLINTERS), { maxLength: 12 })
  .map((parts) => parts.join(''))
const anyText = fc.oneof(
  texts,
  damaged,
  damaged,
  splinters,
  splinters.map((text) => `{"a":${text}}`),
)

function tryRead(text: string): { object?: JsonObject; error?: unknown } {
  try {
    return { object: readJsonObject(text) }
  } catch (error) {
    return { error }
  }
}

function tryParse(text: string): { value?: unknown; failed: boolean } {
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
    return { value, failed: false }
  } catch {
    return { failed: true }
  }
}

/** What JSON.parse would have given for a value, numbers through Number. */
function asParsed(value: JsonValue): unknown {
  switch (value.kind) {
    case 'string':
    case 'boolean':
      return value.value
    case 'number':
      return Number(value.source)
    case 'null':
      return null
    case 'array':
      return value.items.map(asParsed)
    case 'object':
      return Object.fromEntries(
        Array.from(value.members, ([name, member]) => [name, asParsed(member)]),
      )
  }
}

test('what it accepts, JSON.parse reads alike', () => {
  let accepted = 0
  fc.assert(
    fc.property(anyText, (text) => {
      const { object } = tryRead(text)
      fc.pre(object !== undefined)
      accepted += 1
      expect(asParsed(object)).toEqual(tryParse(text).value)
    }),
    fuzzRuns(1000),
  )
  expect(accepted).toBeGreaterThanOrEqual(1000)
})

test('what it refuses, it refuses with a code and never with an error of the engine', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { error } = tryRead(text)
      fc.pre(error !== undefined)
      expect(isLLPayError(error) && CODES.includes(error.code)).toBe(true)
    }),
    fuzzRuns(3000),
  )
})

test('what it calls no JSON, JSON.parse refuses too', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { error } = tryRead(text)
      fc.pre(isLLPayError(error) && error.code === 'ERR_REPLY_NOT_JSON')
      expect(tryParse(text).failed).toBe(true)
    }),
    fuzzRuns(2000),
  )
})

test('reads every object of flat texts that JSON.stringify writes', () => {
  const members = fc.dictionary(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: anyCharacter }),
  )
  fc.assert(
    fc.property(members, fc.nat(3), (object, indent) => {
      const read = readJsonObject(JSON.stringify(object, undefined, indent))
      expect(Array.from(read.members.keys())).toEqual(Object.keys(object))
      expect(asParsed(read)).toEqual({ ...object })
    }),
  )
})
