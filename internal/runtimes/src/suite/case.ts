/** A case: it throws when it fails. */
export interface Case {
  readonly name: string
  readonly run: () => Promise<void>
}

/** How a case ended. */
export interface Outcome {
  readonly name: string
  /** What went wrong; nothing where it passed. */
  readonly error?: string
}

/** Runs a case. */
export async function runCase({ name, run }: Case): Promise<Outcome> {
  try {
    await run()
    return { name }
  } catch (error) {
    return { name, error: String(error) }
  }
}

/** Throws unless two values are the same data. */
export function expectEqual(actual: unknown, expected: unknown, about: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`${about}: expected ${wanted}, got ${found}`)
}

/** Throws unless a condition holds. */
export function expectTrue(condition: boolean, about: string): void {
  if (!condition) throw new Error(about)
}

/** What is asserted of an error. */
export interface Failure {
  readonly code: unknown
  readonly delivered: unknown
  /** The code of its cause. */
  readonly cause?: unknown
}

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Describes the error that a promise ends with; throws where it ends well. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (error) {
    const [code, delivered, cause] = ['code', 'delivered', 'cause'].map((name) => read(error, name))
    if (code === undefined) throw error
    return { code, delivered, ...(cause === undefined ? {} : { cause: read(cause, 'code') }) }
  }
  throw new Error('no failure where one was expected')
}
