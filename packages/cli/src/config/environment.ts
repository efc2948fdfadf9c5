/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A variable; one that is set to nothing counts as not set. */
export function readVariable(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}

const QUOTED = /^(["'])(.*)\1$/

/**
 * A variable that holds a number, a URL or a name, without what an environment file may have left
 * around it: quotes, blanks and a carriage return, none of which can be meant there.
 */
export function readPlainVariable(env: Environment, name: string): string | undefined {
  const value = readVariable(env, name)?.trim()
  const plain = QUOTED.exec(value ?? '')?.[2]?.trim() ?? value
  return plain === '' ? undefined : plain
}
