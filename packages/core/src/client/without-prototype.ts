/** Copies an object into one without prototype, so that no name on the wire meets an inherited one. */
export function withoutPrototype<T extends object>(object: T): T {
  const bare: T = Object.assign(Object.create(null), object)
  return bare
}
