/** A JSON value that keeps everything its source text says: numbers stay text. */
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

/** JSON as plain data: objects without a prototype, numbers as their source text. */
export type PlainValue =
  | string
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue }

/** Converts a value to plain data, without members that are null. */
export function toFilledValue(value: JsonValue): PlainValue {
  if (value.kind === 'array') return value.items.map(toFilledValue)
  if (value.kind !== 'object') return toPlainValue(value)
  const filled = Array.from(value.members).filter(([, { kind }]) => kind !== 'null')
  return plainObject(filled.map(([name, member]) => [name, toFilledValue(member)] as const))
}

/** Converts a value to plain data. */
export function toPlainValue(value: JsonValue): PlainValue {
  switch (value.kind) {
    case 'string':
    case 'boolean':
      return value.value
    case 'number':
      return value.source
    case 'null':
      return null
    case 'array':
      return value.items.map(toPlainValue)
    case 'object':
      return plainObject(
        Array.from(value.members, ([name, member]) => [name, toPlainValue(member)] as const),
      )
  }
}

/** Creates an object without a prototype, in which `__proto__` is a member like any other. */
export function plainObject<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const object: Record<string, T> = Object.create(null)
  for (const [name, value] of entries) object[name] = value
  return object
}

/** Copies an object into one without prototype, so that no name on the wire meets an inherited one. */
export function withoutPrototype<T extends object>(object: T): T {
  const bare: T = Object.assign(Object.create(null), object)
  return bare
}
