import { isLLPayError } from './is-ll-pay-error.ts'

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

function nameOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' && NAME.test(found) ? found : undefined
}

/**
 * Reduces a foreign error to its name and code, for use as a `cause`: its message and properties may
 * contain the request, an address or a key, and loggers print a `cause`.
 */
export function summarizeCause(error: unknown): Error | undefined {
  if (error === undefined) return undefined
  if (isLLPayError(error)) return error
  const name = nameOf(error, 'name') ?? 'Error'
  const code = nameOf(error, 'code')
  const summary = new Error(code === undefined ? name : `${name} (${code})`)
  if (code !== undefined) Object.defineProperty(summary, 'code', { value: code, enumerable: true })
  return summary
}
