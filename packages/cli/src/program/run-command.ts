import { isLLPayError } from '@llpay/core'

import type { Output } from '../output/output.ts'
import { printBug, printError, printInterrupted } from '../output/print-error.ts'
import type { Entry } from './command.ts'
import { listEntries } from './entries.ts'
import { EXIT, exitCodeOf } from './exit-code.ts'
import { findCommand, findGroup, findSubgroup, listOffered, type Found } from './find-command.ts'
import { COMMON_FLAGS } from './flags.ts'
import { watchInterrupts } from './interrupts.ts'
import { parseFlags } from './parse-flags.ts'

const HELP_FLAGS = ['--help', '-h']

/** Whether help is asked for in front of `--`. */
function isHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => HELP_FLAGS.includes(arg))
}

interface HelpOptions {
  readonly output: Output
  /** Whether `llpay help` asks, where a topic comes before a command of the same name. */
  readonly isTopic: boolean
}

async function printHelp(
  entries: readonly Entry[],
  words: readonly string[],
  { output, isTopic }: HelpOptions,
): Promise<number> {
  const { findHelp } = await import('./help.ts')
  const text = await findHelp(entries, words, { output, isTopic })
  if (text === undefined) return refuse(entries, words, { output, isTopic })
  if (output.json) output.object({ ok: true, help: text })
  else output.line(text.trimEnd())
  return EXIT.done
}

/** Runs a command with its flags, and turns whatever it throws into a message and an exit status. */
async function run(
  entry: Entry,
  args: readonly string[],
  { entries, output }: { readonly entries: readonly Entry[]; readonly output: Output },
): Promise<number> {
  const interrupts = watchInterrupts(() => printInterrupted(output, entry.api))
  try {
    const command = await entry.load()
    const flags = parseFlags(args, {
      flags: [...command.flags, ...COMMON_FLAGS],
      positionals: command.args ?? [],
      help: `llpay ${entry.words} --help`,
    })
    const { signal } = interrupts
    return await command.run({ flags, output, env: process.env, signal, entries })
  } catch (error) {
    if (!isLLPayError(error)) {
      printBug(output, entry.api, error)
      return EXIT.bug
    }
    await printError(output, entry.api, error)
    return exitCodeOf(error, interrupts.signal.aborted)
  } finally {
    interrupts.dispose()
  }
}

/** Whether an argument is a switch that every command takes. */
const isSwitch = (arg: string) =>
  COMMON_FLAGS.some(({ name, value }) => value === undefined && arg === `--${name}`)

/** Lists the commands of a group that was named alone. */
async function printGroup(name: string, group: readonly Entry[], output: Output): Promise<number> {
  const { groupHelp } = await import('./help.ts')
  const text = (await groupHelp(name, group, output)).trimEnd()
  if (output.json) output.object({ ok: true, help: text })
  else output.line(text)
  return EXIT.done
}

/** The words in front of the first flag. */
function namesIn(words: readonly string[]): readonly string[] {
  const flag = words.findIndex((word) => word.startsWith('-'))
  return flag < 0 ? words : words.slice(0, flag)
}

/** Says that there is no such command. */
async function refuse(
  entries: readonly Entry[],
  words: readonly string[],
  { output, isTopic }: HelpOptions,
): Promise<number> {
  const { unknownCommand } = await import('./unknown-command.ts')
  await printError(output, null, unknownCommand(entries, namesIn(words), isTopic))
  return EXIT.usage
}

/** Whether a word that no command has follows one that is a group, too, and takes no argument. */
async function isUnknownBelow(
  entries: readonly Entry[],
  { entry, length }: Found,
  words: readonly string[],
): Promise<boolean> {
  const next = words[length]
  if (next === undefined || next.startsWith('-')) return false
  if (findGroup(entries, entry.words.split(' ')).length === 0) return false
  return (await entry.load()).args === undefined
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
  const entries = listEntries()
  const [first, ...rest] = args
  const isTopic = first === 'help'
  const words = isTopic ? rest : args
  if (isTopic || first === undefined || isHelp(leading) || isHelp(args)) {
    return printHelp(entries, namesIn(words), { output, isTopic })
  }
  const found = findCommand(entries, words)
  const group = listOffered(
    found === undefined
      ? findGroup(entries, words.slice(0, 1))
      : findSubgroup(entries, words, found),
  )
  const length = (found?.length ?? 0) + 1
  if (group.length > 0 && words.slice(length).every(isSwitch)) {
    return printGroup(words.slice(0, length).join(' '), group, output)
  }
  if (found === undefined || group.length > 0 || (await isUnknownBelow(entries, found, words))) {
    return refuse(entries, words, { output, isTopic })
  }
  const own = [...leading, ...words.slice(found.length)]
  return run(found.entry, own, { entries, output })
}
