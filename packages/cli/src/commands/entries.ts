import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { apiCommand } from './api-command.ts'
import type { Entry } from './command.ts'
import { TOOLS } from './tools.ts'

/** Short names of commands. */
const ALIASES: Readonly<Record<string, string>> = { unbind: 'card unbind' }

const apiEntry = (api: Api): Entry => ({
  words: api.id.replace('.', ' '),
  summary: api.summary,
  api: api.id,
  load: async () => apiCommand(api),
})

/** Every command, endpoints first. */
export function listEntries(): Entry[] {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  return [...apis.map(apiEntry), ...TOOLS]
}

/** The alias of a command's words, if it has one. */
export function aliasOf(words: string): string | undefined {
  return Object.keys(ALIASES).find((alias) => ALIASES[alias] === words)
}

/** The words that an alias stands for. */
export function wordsOfAlias(alias: string): string | undefined {
  return Object.hasOwn(ALIASES, alias) ? ALIASES[alias] : undefined
}

/** Everything that a command line may begin with: commands, their aliases, groups and `help`. */
export function listBeginnings(): string[] {
  const commands = listEntries().flatMap(({ words, hidden }) => (hidden === true ? [] : [words]))
  const groups = commands.flatMap((words) =>
    words.includes(' ') ? [words.split(' ')[0] ?? ''] : [],
  )
  return [...commands, ...Object.keys(ALIASES), ...new Set(groups), 'help']
}
