import { COMMON_FLAGS, type Flag } from '../args/flag.ts'
import type { Command } from '../commands/command.ts'
import { listEntries } from '../commands/entries.ts'
import { findCommand } from '../commands/find-command.ts'
import { TOPICS } from '../commands/topics.ts'

/** Stands for "the names of files", which the shell knows better. */
const FILES = ':files'

/** The words that may come next where no command is complete yet. */
function nextWords(before: readonly string[]): string[] {
  if (before[0] === 'help' && before.length === 1) return Object.keys(TOPICS)
  const start = before.length === 0 ? '' : `${before.join(' ')} `
  const entries = listEntries().filter(
    ({ words, hidden }) => hidden !== true && words.startsWith(start),
  )
  const words = entries.map((entry) => entry.words.slice(start.length).split(' ')[0] ?? '')
  return [...new Set(before.length === 0 ? [...words, 'help', 'unbind'] : words)]
}

function valuesOf({ value, choices }: Flag): readonly string[] {
  if (choices !== undefined) return choices
  return value === 'FILE' || value === 'FOLDER' ? [FILES] : []
}

function wordsOf(
  { flags, args = [] }: Command,
  previous: string,
  current: string,
): readonly string[] {
  const all = [...flags, ...COMMON_FLAGS]
  const flag = all.find(({ name, value }) => value !== undefined && `--${name}` === previous)
  if (flag !== undefined) return valuesOf(flag)
  if (current.startsWith('-')) return all.map(({ name }) => `--${name}`)
  return args.flatMap(({ choices }) => choices ?? [FILES])
}

/**
 * Says what the last of some words can become.
 *
 * @param words what was typed behind `llpay`, the word under the cursor last, also where it is empty.
 */
export async function completeWords(words: readonly string[]): Promise<string[]> {
  const before = words.slice(0, -1)
  const current = words.at(-1) ?? ''
  const found = findCommand(before)
  const candidates =
    found === undefined
      ? nextWords(before)
      : wordsOf(await found.entry.load(), before.at(-1) ?? '', current)
  const deeper = found === undefined ? [] : nextWords(before)
  return [...deeper, ...candidates].filter((word) => word === FILES || word.startsWith(current))
}
