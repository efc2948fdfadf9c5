import type { Variation } from './variation.ts'
import { writeNested, type NestedStyle } from './write-nested.ts'

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Rewrites text that is a JSON object or list; any other stays. */
const nested = (rewrite: (value: object) => string) => (text: string) => {
  const value = parse(text)
  return typeof value === 'object' && value !== null ? rewrite(value) : text
}

const ONCE =
  'make the JSON text once, and put the same text into the message and into what is signed.'

const STYLES: readonly (readonly [how: string, NestedStyle])[] = [
  ['without blanks', { comma: ',', colon: ':', text: JSON.stringify }],
  ['with blanks, as Python does', { comma: ', ', colon: ': ', text: JSON.stringify }],
  ['with its members sorted', { comma: ',', colon: ':', text: JSON.stringify, isSorted: true }],
  ['as Python shows a dict', { comma: ', ', colon: ': ', text: (text) => `'${text}'` }],
  ['as Java shows a Map', { comma: ', ', colon: '=', text: (text) => text }],
]

/** What is done to values that are JSON themselves, such as risk_item. */
export const JSON_REWRITES: readonly Variation<(text: string) => string>[] = [
  ...STYLES.map(([how, style]) => ({
    says: `The JSON in a value was written anew for the signature, ${how}: ${ONCE}`,
    step: nested((value) => writeNested(value, style)),
  })),
  ...[2, 4].map((indent) => ({
    says: `The JSON in a value was written anew for the signature, on many lines: ${ONCE}`,
    step: nested((value) => JSON.stringify(value, undefined, indent)),
  })),
  {
    says: `An object was signed as [object Object], which JavaScript makes of one: ${ONCE}`,
    step: nested((value) => (Array.isArray(value) ? value.join(',') : '[object Object]')),
  },
  {
    says: `An object was signed as the word Array, which PHP makes of one: ${ONCE}`,
    step: nested(() => 'Array'),
  },
  {
    says: `JSON was written as JSON twice for the signature: ${ONCE}`,
    step: nested((value) => JSON.stringify(JSON.stringify(value))),
  },
  {
    says: `JSON was written as JSON twice in the message, and signed once: ${ONCE}`,
    step: (text) => {
      const value = parse(text)
      return typeof value === 'string' ? value : text
    },
  },
]
