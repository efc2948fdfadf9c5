import { t, type Phrase } from '../output/language.ts'
import { invalidError } from './errors.ts'

/** Says which words a flag or an argument takes. */
export const mustBeOneOf = (name: string, choices: readonly string[]): Phrase =>
  t(`${name} must be one of ${choices.join(', ')}.`, `${name} 只能是 ${choices.join('、')} 之一。`)

/** The words that there are, and how another one is refused. */
interface Choice<T extends string> {
  /** The flag or the argument, as the user writes it. */
  readonly name: string
  readonly choices: readonly T[]
  readonly reason: string
  /** What makes the error: `ERR_CONFIG_INVALID` by default. */
  readonly refuse?: typeof invalidError
}

/**
 * Reads one of several words.
 *
 * @throws {ConfigError}
 */
export function choose<T extends string>(
  given: string,
  { name, choices, reason, refuse = invalidError }: Choice<T>,
): T {
  const chosen = choices.find((choice) => choice === given)
  if (chosen !== undefined) return chosen
  throw refuse(reason, mustBeOneOf(name, choices))
}
