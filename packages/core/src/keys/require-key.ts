import { KeyError } from '../errors/key-error.ts'

/** Makes sure that something was given as a key, which untyped code may have forgotten. */
export function requireKey(source: unknown): void {
  const given = typeof source === 'string' || (typeof source === 'object' && source !== null)
  if (given) return
  throw new KeyError(
    'ERR_KEY_INVALID',
    'No key was given. Is the variable or file that it should come from filled?',
  )
}
