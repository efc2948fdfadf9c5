import { ConfigError, isLLPayError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

import { COMMON_FLAGS } from './args/flag.ts'
import { parseFlags } from './args/parse-flags.ts'
import type { Entry } from './commands/command.ts'
import { listBeginnings, listEntries } from './commands/entries.ts'
import { findCommand, findGroup, findSubgroup } from './commands/find-command.ts'
import { commandHelp, groupHelp, programHelp } from './commands/help.ts'
import { TOPICS } from './commands/topics.ts'
import { EXIT, exitCodeOf } from './exit-code.ts'
import { watchInterrupts } from './interrupts.ts'
import type { Output } from './output/output.ts'
import { printBug } from './output/print-bug.ts'
import { printError } from './output/print-error.ts'

const HELP_FLAGS = ['--help', '-h']

/** Whether help is asked for in front of `--`. */
function isHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => HELP_FLAGS.includes(arg))
}

/** Finds the help that words ask for. */
async function findHelp(words: readonly string[]): Promise<string | undefined> {
  if (words.length === 0) return programHelp(listEntries())
  const found = findCommand(words)
  if (found !== undefined) {
    const group = findSubgroup(words, found)
    return group.length > 0 ? groupHelp(group) : commandHelp(found.entry, await found.entry.load())
  }
  const [first = ''] = words
  if (Object.hasOwn(TOPICS, first)) {
    return (await import('./help/topic-help.ts')).topicHelp(first)
  }
  const group = findGroup(words)
  return group.length === 0 ? undefined : groupHelp(group)
}

function printHelp(text: string, output: Output): number {
  if (output.json) output.object({ ok: true, help: text })
  else output.line(text.trimEnd())
  return EXIT.done
}

/** Runs a command with its flags, and turns whatever it throws into a message and an exit status. */
async function run(entry: Entry, args: readonly string[], output: Output): Promise<number> {
  const interrupts = watchInterrupts()
  try {
    const command = await entry.load()
    const flags = parseFlags(args, {
      flags: [...command.flags, ...COMMON_FLAGS],
      positionals: command.args ?? [],
      help: `llpay ${entry.words} --help`,
    })
    return await command.run({ flags, output, env: process.env, signal: interrupts.signal })
  } catch (error) {
    if (!isLLPayError(error)) {
      printBug(output, entry.api, error)
      return EXIT.bug
    }
    printError(output, entry.api, error)
    return exitCodeOf(error, interrupts.signal.aborted)
  } finally {
    interrupts.dispose()
  }
}

const listWords = (group: readonly Entry[]) => group.map(({ words }) => words).join(', ')

function refuseUsage(message: string, output: Output): number {
  const error = new ConfigError(
    'ERR_CONFIG_USAGE',
    `${message} See llpay --help for those there are.`,
  )
  printError(output, null, error)
  return EXIT.usage
}

/** Names the commands of a group, of which none was given. */
const refuseGroup = (group: readonly Entry[], output: Output): number =>
  refuseUsage(`The command is not complete: ${listWords(group)}.`, output)

/** Says that there is no such command, and which one may have been meant. */
function refuse(words: readonly string[], output: Output): number {
  const group = findGroup(words)
  const [first = '', second] = words
  const known = listBeginnings().filter((each) => each !== first)
  const nearest =
    (second === undefined ? undefined : findNearest(`${first} ${second}`, known)) ??
    (group.length > 0 ? undefined : findNearest(first, known))
  if (words.length === 0) return refuseUsage('No command was given.', output)
  if (nearest === undefined && group.length > 0) return refuseGroup(group, output)
  const hint = nearest === undefined ? '' : ` Did you mean llpay ${nearest}?`
  return refuseUsage(`There is no such command.${hint}`, output)
}

/**
 * Finds the command that was meant and runs it.
 *
 * @param leading switches that stand in front of the command's words.
 */
export async function runCommand(
  leading: readonly string[],
  args: readonly string[],
  output: Output,
): Promise<number> {
  const [first, ...rest] = args
  const isHelpWord = first === 'help'
  const words = (isHelpWord ? rest : args).filter((word) => !isHelpWord || !word.startsWith('-'))
  if (isHelpWord || isHelp(leading) || isHelp(args)) {
    const text = await findHelp(words.filter((word) => !word.startsWith('-')))
    return text === undefined ? refuse(words, output) : printHelp(text, output)
  }
  const found = findCommand(words)
  if (found === undefined) return refuse(words, output)
  const group = findSubgroup(words, found)
  if (group.length > 0) return refuseGroup(group, output)
  return run(found.entry, [...leading, ...words.slice(found.length)], output)
}
