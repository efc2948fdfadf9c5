import type { Entry } from './command.ts'
import { listEntries, wordsOfAlias } from './entries.ts'

/** A command, and how many arguments its words take up. */
export interface Found {
  readonly entry: Entry
  readonly length: number
}

/** Finds the command that arguments begin with; of two, the one with more words. */
export function findCommand(args: readonly string[]): Found | undefined {
  const [first = ''] = args
  const alias = wordsOfAlias(first)
  const words = alias === undefined ? args : [...alias.split(' '), ...args.slice(1)]
  const given = `${words.join(' ')} `
  const matches = listEntries().filter((entry) => given.startsWith(`${entry.words} `))
  const [entry] = matches.toSorted((left, right) => right.words.length - left.words.length)
  if (entry === undefined) return undefined
  return { entry, length: alias === undefined ? entry.words.split(' ').length : 1 }
}

/** The commands of the group that a single word names, such as `card`. */
export function findGroup(args: readonly string[]): Entry[] {
  const [first = ''] = args
  return listEntries().filter(({ words }) => words.startsWith(`${first} `))
}

/** The commands of the group that one word more than a command's own names, such as `sandbox cards`. */
export function findSubgroup(args: readonly string[], { length }: Found): Entry[] {
  if (args.length === length) return []
  const beginning = args.slice(0, length + 1).join(' ')
  return listEntries().filter(({ words }) => words.startsWith(`${beginning} `))
}
