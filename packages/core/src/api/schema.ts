/** A text that an endpoint takes, or answers with. `{}` is any text. */
export interface TextField {
  /** The most characters it may have. An emoji is one. */
  readonly max?: number
  readonly pattern?: RegExp
  /** Whether it may be left out. */
  readonly optional?: true
  /** What is sent for an optional parameter that is left out. */
  readonly default?: string
  /** What the parameter means, for help; those of the catalogue are in `descriptions.ts`. */
  readonly description?: string
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

type ValueOf<F> = F extends { readonly rows: infer Rows } ? readonly Received<Rows>[] : string

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

/** The names of the rules that a value breaks as a field. */
export function brokenRules({ max, pattern }: TextField, value: unknown): string[] {
  if (typeof value !== 'string') return ['string']
  const rules: string[] = []
  if (max !== undefined && Array.from(value).length > max) rules.push('max_code_points')
  if (pattern !== undefined && value.search(pattern) < 0) rules.push('regex')
  return rules
}
