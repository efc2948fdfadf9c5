/**
 * A form that programs turn a customer's id or an agreement number into. LianLian does not find such a
 * value, so that a card would look as if it were not bound.
 */
interface Form {
  readonly pattern: RegExp
  /** What is wrong with it and where it comes from, after the name of the parameter. */
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
    words: 'is wrapped in ="…", as exports for spreadsheets write text',
  },
  apostrophe: {
    pattern: /^['‘’＇]\d/,
    words: 'has an apostrophe before its digits, as a spreadsheet marks numbers stored as text',
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
    words: 'is a placeholder that programs and spreadsheets write for a missing value',
  },
} as const satisfies Readonly<Record<string, Form>>

/** The name of a form. */
export type FormName = keyof typeof FORMS

/** A text in a request or a reply. `{}` is any text. */
export interface TextField {
  /** The most characters it may have. An emoji is one. */
  readonly max?: number
  /** What the whole value must match. */
  readonly pattern?: RegExp
  /** What the pattern demands, in words that follow the parameter's name. */
  readonly says?: string
  /** The values known today, which an editor completes; any other text passes too. */
  readonly known?: readonly string[]
  /** Forms that a value must not have, because they show that a program mangled it. */
  readonly not?: readonly FormName[]
  /** Whether it may be left out. */
  readonly optional?: true
  /** What is sent for an optional parameter that is left out. */
  readonly default?: string
  /** What the parameter means, for help; the catalogue's are in `apis/describe.ts`. */
  readonly description?: string
  /** Whether it is a JSON object that travels as text; an object is then written as JSON, once. */
  readonly json?: true
  /** Whether it is card data or personal data, which a command line must not show. */
  readonly secret?: true
  readonly rows?: never
}

/** A list of objects in a reply. */
export interface RowsField {
  /** The members that every object must have; others pass. */
  readonly rows: Readonly<Record<string, TextField>>
  readonly optional?: true
}

/** The parameters of an endpoint by name: others are refused, and so are empty ones. */
export type ParamsSchema = Readonly<Record<string, TextField>>

/** The members that a success reply must have, by name; others pass. */
export type ReplySchema = Readonly<Record<string, TextField | RowsField>>

/** An object that is sent as JSON text. */
export type JsonMembers = Readonly<Record<string, unknown>>

/** Any other text; intersected, so that an editor still completes the known values beside it. */
type OtherText = string & Record<never, never>

type ValueOf<F> = F extends { readonly rows: infer Rows }
  ? readonly Received<Rows>[]
  : F extends { readonly json: true }
    ? string | JsonMembers
    : F extends { readonly known: readonly (infer Known)[] }
      ? Known | OtherText
      : string

type IsOptional<F> = F extends { readonly optional: true } ? true : false

/** Mapped member by member, so that the doc comments of a definition reach the types made of it. */
type Named<S> = {
  readonly [Name in keyof S as IsOptional<S[Name]> extends true ? never : Name]: ValueOf<S[Name]>
} & {
  readonly [Name in keyof S as IsOptional<S[Name]> extends true ? Name : never]?:
    | ValueOf<S[Name]>
    | undefined
}

/** What has the members that a schema names; any object for a schema that is not known yet. */
export type Sent<S> = string extends keyof S ? object : Named<S>

/** What has the members that a schema names, and maybe others. */
export type Received<S> = string extends keyof S
  ? object
  : Named<S> & { readonly [name: string]: unknown }

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The text that is sent for a value: an object is written as JSON if the field is JSON text. */
export function wireText({ json }: TextField, value: unknown): unknown {
  if (json !== true || typeof value !== 'object' || value === null) return value
  try {
    return JSON.stringify(value)
  } catch {
    return value
  }
}

/** The names of the rules that a value breaks as a field. */
export function brokenRules({ max, pattern, not, json }: TextField, value: unknown): string[] {
  if (typeof value !== 'string') return ['string']
  if (json === true && !isJsonObject(value)) return ['json_object']
  const rules: string[] = []
  if (max !== undefined && Array.from(value).length > max) rules.push('max_code_points')
  const form = not?.find((name) => FORMS[name].pattern.test(value))
  if (form !== undefined) rules.push(form)
  else if (pattern !== undefined && value.search(pattern) < 0) rules.push('regex')
  return rules
}

function fits(field: TextField | RowsField, value: unknown): boolean {
  if (value === undefined) return field.optional === true
  const { rows } = field
  if (rows === undefined) return brokenRules(field, value).length === 0
  return Array.isArray(value) && value.every((row) => hasFields(rows, row))
}

/** Whether a value has the members that a schema names. */
export function hasFields<S extends ReplySchema>(schema: S, value: unknown): value is Received<S> {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(schema).every(([name, field]) => fits(field, Reflect.get(value, name)))
}
