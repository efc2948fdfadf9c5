import type { Rows } from '../prng.ts'

/** What the gateway plays, or that nothing listens where the request goes. */
interface Fault {
  readonly scenario: string
}

/** Nothing listens: the only fault that happens on the merchant's side. */
export const REFUSED = '@refused'

/** What may happen to the request to unbind. */
export const CHANGE_FAULTS: Rows<Fault> = [
  { weight: 12, scenario: 'usual' },
  { weight: 5, scenario: 'close-before' },
  { weight: 5, scenario: 'close-after' },
  { weight: 4, scenario: 'slow:150' },
  { weight: 2, scenario: 'slow:4500' },
  { weight: 4, scenario: 'late:150' },
  { weight: 2, scenario: 'late:4500' },
  { weight: 4, scenario: '@cut' },
  { weight: 3, scenario: '@headers-only' },
  { weight: 4, scenario: 'truncated' },
  { weight: 3, scenario: 'status:503' },
  { weight: 3, scenario: 'status:302' },
  { weight: 4, scenario: 'status-after:502' },
  { weight: 4, scenario: 'html' },
  { weight: 4, scenario: 'tampered' },
  { weight: 4, scenario: 'unsigned' },
  { weight: 4, scenario: 'wrong-key' },
  { weight: 4, scenario: 'duplicate' },
  { weight: 3, scenario: 'code:9999' },
  { weight: 3, scenario: 'code:9999:signed' },
  { weight: 2, scenario: 'code:2004' },
  { weight: 2, scenario: 'code:PR07:signed' },
  { weight: 3, scenario: 'code:4000' },
  { weight: 3, scenario: 'code:1008:signed' },
  { weight: 2, scenario: 'code:3003' },
  { weight: 2, scenario: 'code:4000:forged' },
  { weight: 2, scenario: 'code:0000' },
  { weight: 2, scenario: 'code:0000:forged' },
  { weight: 6, scenario: REFUSED },
  { weight: 0.6, scenario: '@restart-before' },
  { weight: 0.6, scenario: '@restart-after' },
]

/** What may happen to a question for the list. */
export const LIST_FAULTS: Rows<Fault> = [
  { weight: 40, scenario: 'usual' },
  { weight: 2, scenario: 'status:503' },
  { weight: 2, scenario: 'status:429' },
  { weight: 2, scenario: 'html' },
  { weight: 2, scenario: 'truncated' },
  { weight: 2, scenario: '@cut' },
  { weight: 2, scenario: 'close-before' },
  { weight: 2, scenario: 'slow:150' },
  { weight: 1, scenario: 'slow:4500' },
  { weight: 1, scenario: 'tampered' },
  { weight: 1, scenario: 'unsigned' },
  { weight: 1, scenario: 'wrong-key' },
  { weight: 1, scenario: 'duplicate' },
  { weight: 1, scenario: 'other-user' },
  { weight: 2, scenario: 'code:9999' },
  { weight: 2, scenario: 'code:1008:signed' },
  { weight: 1, scenario: 'code:4000:forged' },
  { weight: 2, scenario: REFUSED },
]

/** How often a fault comes back: once, twice, or whenever it can. */
export const TIMES: Rows<{ readonly times: number }> = [
  { weight: 6, times: 1 },
  { weight: 3, times: 2 },
  { weight: 2, times: 40 },
]

/** What the merchant gets right about the card. */
export type CardKind = 'bound' | 'wrong-pay-type' | 'gone'

export const CARDS: Rows<{ readonly kind: CardKind }> = [
  { weight: 85, kind: 'bound' },
  { weight: 10, kind: 'wrong-pay-type' },
  { weight: 5, kind: 'gone' },
]
