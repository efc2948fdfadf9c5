import type { Entry } from './command.ts'

/** A command, and how many arguments its words take up. */
export interface Found {
  readonly entry: Entry
  readonly length: number
}

/** Finds the command that arguments begin with; of two, the one with more words. */
export function findCommand(entries: readonly Entry[], args: readonly string[]): Found | undefined {
  const given = `${args.join(' ')} `
  const names = entries.flatMap((entry) =>
    [entry.words, entry.alias ?? entry.words].map((words) => ({ entry, words })),
  )
  const matches = names.filter(({ words }) => given.startsWith(`${words} `))
  const [best] = matches.toSorted((left, right) => right.words.length - left.words.length)
  return best && { entry: best.entry, length: best.words.split(' ').length }
}

/** The commands of the group that words name, such as `card` or `sandbox cards`. */
export function findGroup(entries: readonly Entry[], words: readonly string[]): Entry[] {
  const beginning = `${words.join(' ')} `
  return entries.filter((entry) => entry.words.startsWith(beginning))
}

/** The commands of the group that one word more than a command's own names, such as `sandbox cards`. */
export function findSubgroup(
  entries: readonly Entry[],
  args: readonly string[],
  { length }: Found,
): Entry[] {
  return args.length === length ? [] : findGroup(entries, args.slice(0, length + 1))
}

export const listOffered = (entries: readonly Entry[]) =>
  entries.filter(({ hidden }) => hidden !== true)

/** Everything that a command line may begin with: commands, their aliases, groups and `help`. */
export function listBeginnings(entries: readonly Entry[]): string[] {
  const names = listOffered(entries).flatMap(({ words, alias }) =>
    alias === undefined ? [words] : [words, alias],
  )
  const groups = names.flatMap((name) => {
    const words = name.split(' ')
    return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '))
  })
  return [...new Set([...names, ...groups, 'help'])]
}
