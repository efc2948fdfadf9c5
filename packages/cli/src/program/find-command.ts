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

/** The commands that are offered. */
export const listOffered = (entries: readonly Entry[]) =>
  entries.filter(({ hidden }) => hidden !== true)

/** Everything that a command line may begin with: commands, their aliases, groups and `help`. */
export function listBeginnings(entries: readonly Entry[]): string[] {
  const offered = listOffered(entries)
  const names = offered.flatMap(({ words, alias }) =>
    alias === undefined ? [words] : [words, alias],
  )
  const groups = names.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0] ?? '')
  return [...new Set([...names, ...groups, 'help'])]
}

/**
 * The one command that has the words that were typed as its last ones, whole or as a part between
 * dashes: `unbind-many` is `card unbind-many`, `card bin` is `card query-bin`.
 */
export function findByWord(names: readonly string[], given: readonly string[]): string | undefined {
  const flag = given.findIndex((word) => word.startsWith('-'))
  const [first = '', second] = flag < 0 ? given : given.slice(0, flag)
  const group = names.includes(first) && second !== undefined ? first : undefined
  const wanted = group === undefined ? first : second
  const offered = names.filter((name) =>
    group === undefined ? name !== first : name.startsWith(`${group} `),
  )
  const whole = offered.filter((name) => name.split(' ').at(-1) === wanted)
  const part = offered.filter((name) => name.split(/[ -]/).at(-1) === wanted)
  const [only, ...more] = whole.length > 0 ? whole : part
  return more.length > 0 ? undefined : only
}
