/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A variable; one that is set to nothing counts as not set. */
export function readVariable(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}
