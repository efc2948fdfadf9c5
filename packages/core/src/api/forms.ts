/**
 * What programs make of a customer's id or an agreement number on its way here. LianLian does not find
 * such a value, so that a card would look as if it were not bound.
 */
interface Form {
  readonly pattern: RegExp
  /** What is wrong with it and where it comes from, behind the name of the parameter. */
  readonly words: string
}

/** The forms by the name of the rule that they break. */
export const FORMS = {
  outer_space: {
    pattern: /^\s|\s$/u,
    words: 'begins or ends with white space, as a copied cell or a padded column does',
  },
  invisible: {
    pattern: /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/u,
    words: 'has an invisible character, as text copied from a page or a chat does',
  },
  formula: {
    pattern: /^="[^]*"$/,
    words: 'is wrapped in ="…", as exports for a spreadsheet write text',
  },
  apostrophe: {
    pattern: /^['‘’＇]\d/,
    words: 'has an apostrophe before its digits, as a spreadsheet marks numbers that are text',
  },
  digits_lost: {
    pattern: /^\d[\d.,]*[eE]\+\d+$/,
    words: 'is a number that a spreadsheet shortened (E+); its digits are lost',
  },
  decimal: {
    pattern: /^\d{6,}\.0+$/,
    words: 'ends in .0, as pandas and spreadsheets write whole numbers that they read as decimals',
  },
  grouped: {
    pattern: /^\d{1,3}(?:[,.'’ \u00a0\u2009\u202f]\d{3})+$/,
    words: 'has separators between its digits, as a spreadsheet formats numbers',
  },
  full_width: {
    pattern: /[\uff01-\uff5e]/,
    words: 'has full-width characters, as a Chinese or Japanese keyboard types them',
  },
  placeholder: {
    pattern: /^(?:null|none|nan|undefined)$/i,
    words: 'is what a program or a spreadsheet writes where a value is missing',
  },
} as const satisfies Readonly<Record<string, Form>>

/** The name of a form. */
export type FormName = keyof typeof FORMS
