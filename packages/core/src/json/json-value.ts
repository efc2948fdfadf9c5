/** A JSON value that has kept everything its source text said: numbers stay text. */
export type JsonValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly source: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | JsonArray
  | JsonObject

/** A JSON array. */
export interface JsonArray {
  readonly kind: 'array'
  readonly items: readonly JsonValue[]
}

/** A JSON object, members in the order of the text. `__proto__` is a member like any other. */
export interface JsonObject {
  readonly kind: 'object'
  readonly members: ReadonlyMap<string, JsonValue>
}
