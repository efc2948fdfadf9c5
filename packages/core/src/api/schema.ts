import { FORMS, type FormName } from './forms.ts'

/** A text that an endpoint takes, or answers with. `{}` is any text. */
export interface TextField {
  /** The most characters it may have. An emoji is one. */
  readonly max?: number
  readonly pattern?: RegExp
  /** What the pattern asks for, in words that follow the parameter's name. */
  readonly says?: string
  /** Forms that a value must not have: what programs make of it on its way. */
  readonly not?: readonly FormName[]
  /** Whether it may be left out. */
  readonly optional?: true
  /** What is sent for an optional parameter that is left out. */
  readonly default?: string
  /** What the parameter means, for help; what several endpoints take is in `descriptions.ts`. */
  readonly description?: string
  /** Whether it is a JSON object that travels as text; an object is then written as JSON, once. */
  readonly json?: true
  /** Whether it tells about a card or its holder, so that a command line must not show it. */
  readonly secret?: true
  readonly rows?: never
}

/** A list of objects that an endpoint answers with. */
export interface RowsField {
  /** The members that every object must have; others pass. */
  readonly rows: Readonly<Record<string, TextField>>
  readonly optional?: true
}

/** The parameters of an endpoint by name: others are refused, and so are empty ones. */
export type ParamsSchema = Readonly<Record<string, TextField>>

/** The members that an endpoint's success answer must have, by name; others pass. */
export type ReplySchema = Readonly<Record<string, TextField | RowsField>>

type Optional<S> = {
  [Name in keyof S]: S[Name] extends { readonly optional: true } ? Name : never
}[keyof S]

/** What is written as JSON text, where a parameter is that. */
export type JsonMembers = Readonly<Record<string, unknown>>

type ValueOf<F> = F extends { readonly rows: infer Rows }
  ? readonly Received<Rows>[]
  : F extends { readonly json: true }
    ? string | JsonMembers
    : string

type Named<S> = {
  readonly [Name in Exclude<keyof S, Optional<S>>]: ValueOf<S[Name]>
} & {
  readonly [Name in Optional<S>]?: ValueOf<S[Name]> | undefined
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

/** The text that a value travels as: an object is written as JSON where the field is JSON text. */
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
