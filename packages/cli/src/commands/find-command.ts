import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { apiCommand } from './api-command.ts'
import type { Command } from './command.ts'

/** Short names of commands. */
const ALIASES: Readonly<Record<string, string>> = { unbind: 'card unbind' }

/** Commands that are no endpoints, loaded when they are called. */
const TOOLS: Readonly<Record<string, () => Promise<Command>>> = {
  sandbox: async () => (await import('./sandbox-command.ts')).sandboxCommand,
}

/** The command of every endpoint of the catalogue. */
function apiCommands(): Command[] {
  return Object.values(catalogue).flatMap((group) =>
    Object.values(group).map((api: Api) => apiCommand(api)),
  )
}

/** Every command, endpoints first. */
export async function listCommands(): Promise<Command[]> {
  const tools = await Promise.all(Object.values(TOOLS).map((load) => load()))
  return [...apiCommands(), ...tools]
}

/** The alias of a command's words, if it has one. */
export function aliasOf(words: string): string | undefined {
  return Object.keys(ALIASES).find((alias) => ALIASES[alias] === words)
}

/**
 * Finds the command that arguments begin with.
 *
 * @returns the command, and how many arguments its words take up.
 */
export async function findCommand(
  args: readonly string[],
): Promise<{ command: Command; length: number } | undefined> {
  const [first = '', second = ''] = args
  const tool = Object.hasOwn(TOOLS, first) ? TOOLS[first] : undefined
  if (tool !== undefined) return { command: await tool(), length: 1 }
  const alias = Object.hasOwn(ALIASES, first) ? ALIASES[first] : undefined
  const words = alias ?? `${first} ${second}`
  const command = apiCommands().find((candidate) => candidate.words === words)
  return command && { command, length: alias === undefined ? 2 : 1 }
}
