import { readdirSync } from 'node:fs'

import { configFolder } from '../config/profile.ts'
import type { Environment } from '../config/sources.ts'
import { t, type Text } from '../output/language.ts'
import type { Command, Entry } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { findCommand, listOffered } from '../program/find-command.ts'
import { COMMON_FLAGS, type Flag } from '../program/flags.ts'
import { GROUPS } from '../program/groups.ts'
import { TOPICS } from '../program/topics.ts'

/** Stands for "the names of files", which the shell knows better. */
const FILES = ':files'

/** What a word can become, and what that is. */
type Candidate = readonly [word: string, about: Text]

const plain = (words: readonly string[]): Candidate[] => words.map((word) => [word, ''])

/** The words that may come next where no command is complete yet. */
function nextWords(entries: readonly Entry[], before: readonly string[]): Candidate[] {
  if (before[0] === 'help') {
    const commands = nextWords(entries, before.slice(1)).filter(([word]) => word !== 'help')
    if (before.length > 1) return commands
    const topics = Object.entries(TOPICS).map(([topic, { summary }]): Candidate => [topic, summary])
    return [...new Map([...commands, ...topics])]
  }
  const start = before.length === 0 ? '' : `${before.join(' ')} `
  const words = listOffered(entries)
    .filter((entry) => entry.words.startsWith(start))
    .map((entry): Candidate => {
      const rest = entry.words.slice(start.length).split(' ')
      const [first = ''] = rest
      return [first, rest.length === 1 ? entry.summary : (GROUPS[start + first] ?? '')]
    })
  const aliases = entries.flatMap(({ alias, summary }): Candidate[] =>
    alias === undefined || before.length > 0 ? [] : [[alias, summary]],
  )
  const help: Candidate[] = before.length === 0 ? [['help', t('Show help', '显示帮助')]] : []
  // Of a command and a group of the same name, the command explains the word.
  return [...new Map([...words, ...aliases, ...help].toReversed())].toReversed()
}

function profileNames(env: Environment): string[] {
  try {
    const files = readdirSync(configFolder(env))
    return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
  } catch {
    return []
  }
}

function valuesOf({ name, value, choices }: Flag, env: Environment): Candidate[] {
  if (choices !== undefined) return plain(choices)
  if (name === 'profile') return plain(profileNames(env))
  return value === 'FILE' || value === 'FOLDER' ? plain([FILES]) : []
}

function wordsOf(
  { flags, args = [] }: Command,
  { previous, current, env }: { previous: string; current: string; env: Environment },
): Candidate[] {
  const all = [...flags, ...COMMON_FLAGS]
  const flag = all.find(({ name, value }) => value !== undefined && `--${name}` === previous)
  if (flag !== undefined) return valuesOf(flag, env)
  if (current.startsWith('-')) return all.map(({ name, summary }) => [`--${name}`, summary])
  return args.flatMap(({ name, choices }) => {
    if (choices !== undefined) return plain(choices)
    return /^(?:FILE|A|B|LEDGER)$/.test(name) ? plain([FILES]) : []
  })
}

/** Bash breaks `--flag=value` at the equals sign, other shells do not. */
function splitEquals(words: readonly string[]): { words: readonly string[]; prefix: string } {
  const current = words.at(-1) ?? ''
  const joined = /^(--[a-z-]+)=(.*)$/.exec(current)
  if (joined !== null) {
    const [, flag = '', value = ''] = joined
    return { words: [...words.slice(0, -1), flag, value], prefix: `${flag}=` }
  }
  if (current === '=') return { words: [...words.slice(0, -1), ''], prefix: '' }
  const isValue = words.at(-2) === '='
  return { words: isValue ? [...words.slice(0, -2), current] : words, prefix: '' }
}

/** Leaves out the flags that may stand in front of a command. */
function withoutLeading(words: readonly string[]): readonly string[] {
  const flag = COMMON_FLAGS.find(({ name }) => `--${name}` === words[0])
  return flag === undefined ? words : withoutLeading(words.slice(flag.value === undefined ? 1 : 2))
}

/**
 * What the last of some words can become.
 *
 * @param given what was typed behind `llpay`, the word under the cursor last, also where it is empty.
 */
async function completeWords(
  entries: readonly Entry[],
  given: readonly string[],
  env: Environment,
): Promise<Candidate[]> {
  const { words, prefix } = splitEquals(given)
  const before = withoutLeading(words.slice(0, -1))
  const current = words.at(-1) ?? ''
  const found = findCommand(entries, before)
  const previous = before.at(-1) ?? ''
  const candidates =
    found === undefined
      ? nextWords(entries, before)
      : wordsOf(await found.entry.load(), { previous, current, env })
  const isFlagValue = previous.startsWith('--')
  const deeper = found === undefined || isFlagValue ? [] : nextWords(entries, before)
  return [...deeper, ...candidates]
    .filter(([word]) => word === FILES || word.startsWith(current))
    .map(([word, about]) => [word === FILES ? FILES : prefix + word, about])
}

/** `llpay complete`: what the scripts of `llpay completion` ask. */
export const complete: Command = {
  args: [
    {
      name: 'WORD',
      summary: t('The words so far, behind --', '已输入的词，放在 -- 之后'),
      optional: true,
      multiple: true,
    },
  ],
  flags: [],
  examples: [
    [t('What may follow llpay card', 'llpay card 之后可用的词'), 'llpay complete -- card ""'],
  ],
  async run({ flags, env, output, entries }) {
    const candidates = await completeWords(entries, flags.args, env)
    if (output.json) {
      output.object({ ok: true, candidates: candidates.map(([word]) => word) })
      return EXIT.done
    }
    for (const [word, about] of candidates) {
      const said = output.say(about)
      output.line(said === '' ? word : `${word}\t${said}`)
    }
    return EXIT.done
  },
}
