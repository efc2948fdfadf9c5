import type { FormName } from './forms.ts'

/** No control characters, no halves of characters, and no `&`, which would make the signed text ambiguous. */
const NO_AMPERSAND = /^[^&\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u
const PLAIN = /^[^&=\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u
const LETTERS = /^[A-Za-z0-9_-]+$/

/** What no key of a merchant's own is, but programs make of one. */
const MANGLED = [
  'outer_space',
  'invisible',
  'formula',
  'apostrophe',
  'digits_lost',
  'decimal',
] as const satisfies readonly FormName[]

/** What no number or code of LianLian's is. */
const NOT_A_CODE = [
  'outer_space',
  'invisible',
  'formula',
  'apostrophe',
  'digits_lost',
  'decimal',
  'grouped',
  'full_width',
  'placeholder',
] as const satisfies readonly FormName[]

const LETTERS_ONLY = 'may only have ASCII letters, digits, - and _'

/** The customer's id: the merchant's own key, as long as no program mangled it. */
export const userId = { max: 32, pattern: NO_AMPERSAND, not: MANGLED } as const

/** An agreement number. */
export const noAgree = { max: 32, pattern: LETTERS, says: LETTERS_ONLY, not: NOT_A_CODE } as const

/** A product. Its values are not enforced: LianLian adds products without notice. */
export const payType = { max: 32, pattern: LETTERS, says: LETTERS_ONLY, not: NOT_A_CODE } as const

/** Merchants that share customers. */
export const platform = { max: 32, pattern: PLAIN, not: NOT_A_CODE } as const

/** Where a page of a list begins: the number of rows before it. */
export const offset = { pattern: /^(?:0|[1-9][0-9]{0,7})$/ } as const

/** A return code: four characters. */
export const retCode = { pattern: /^[0-9A-Z]{4}$/ } as const
