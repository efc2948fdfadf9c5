/** A promise that somebody else settles. */
export interface Deferred {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

/** Makes a promise for a test to resolve: `Promise.withResolvers`, which Node 20 lacks. */
export function deferred(): Deferred {
  const waiting: (() => void)[] = []
  const promise = new Promise<void>((resolve) => {
    waiting.push(resolve)
  })
  return { promise, resolve: () => waiting[0]?.() }
}
