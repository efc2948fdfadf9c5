import { isLLPayError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

import { t, type Phrase } from '../output/language.ts'
import type { Output } from '../output/output.ts'
import { printBug, printError, printInterrupted } from '../output/print-error.ts'
import type { Entry } from './command.ts'
import { listEntries } from './entries.ts'
import { usageError } from './errors.ts'
import { EXIT, exitCodeOf } from './exit-code.ts'
import {
  findByWord,
  findCommand,
  findGroup,
  findSubgroup,
  listBeginnings,
  listOffered,
} from './find-command.ts'
import { COMMON_FLAGS } from './flags.ts'
import { watchInterrupts } from './interrupts.ts'
import { parseFlags } from './parse-flags.ts'

const HELP_FLAGS = ['--help', '-h']

/** Whether help is asked for in front of `--`. */
function isHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => HELP_FLAGS.includes(arg))
}

async function printHelp(
  entries: readonly Entry[],
  words: readonly string[],
  { output, isTopic }: { readonly output: Output; readonly isTopic: boolean },
): Promise<number> {
  const { findHelp } = await import('./help.ts')
  const text = await findHelp(entries, words, { output, isTopic })
  if (text === undefined) return refuse(entries, words, output)
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

async function refuseUsage(
  output: Output,
  ...[reason, text, hint]: [reason: string, text: Phrase, hint: Phrase]
): Promise<number> {
  await printError(output, null, usageError(reason, text, hint))
  return EXIT.usage
}

/** Whether an argument is a switch that every command takes. */
const isSwitch = (arg: string) =>
  COMMON_FLAGS.some(({ name, value }) => value === undefined && arg === `--${name}`)

/** Lists the commands of a group that was named alone. */
async function printGroup(group: readonly Entry[], output: Output): Promise<number> {
  const { groupHelp } = await import('./help.ts')
  const text = (await groupHelp(group, output)).trimEnd()
  if (output.json) output.object({ ok: true, help: text })
  else output.line(text)
  return EXIT.done
}

/** Names the commands of a group when the one that was given is unknown. */
async function refuseGroup(group: readonly Entry[], output: Output): Promise<number> {
  const names = group.map(({ words }) => words)
  const status = await refuseUsage(
    output,
    'usage.unknown-subcommand',
    t(
      `There is no such command; there are: ${names.join(', ')}.`,
      `没有这个命令；可用的有：${names.join('、')}。`,
    ),
    t('Name one of its commands, below.', '请选用下列命令之一。'),
  )
  if (!output.json) {
    const { groupHelp } = await import('./help.ts')
    output.talk(`\n${(await groupHelp(group, output)).trimEnd()}`, 'faint')
  }
  return status
}

/** Says that there is no such command, and which one may have been meant. */
function refuse(
  entries: readonly Entry[],
  words: readonly string[],
  output: Output,
): Promise<number> {
  const [first = '', second] = words
  const group = listOffered(findGroup(entries, [first]))
  const names = listBeginnings(entries)
  const known = names.filter((each) => each !== first)
  const nearest =
    findByWord(names, words) ??
    (second === undefined ? undefined : findNearest(`${first} ${second}`, known)) ??
    (group.length > 0 ? undefined : findNearest(first, known))
  if (group.length > 0 && words.slice(1).every(isSwitch)) return printGroup(group, output)
  if (nearest === undefined && group.length > 0) return refuseGroup(group, output)
  const hint = t('See llpay --help for all commands.', '全部命令见 llpay --help。')
  return refuseUsage(
    output,
    'usage.unknown-command',
    t('There is no such command.', '没有这个命令。'),
    nearest === undefined
      ? hint
      : t(`Did you mean llpay ${nearest}? ${hint.en}`, `是否要用 llpay ${nearest}？${hint.zh}`),
  )
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
    const named = words.filter((word) => !word.startsWith('-'))
    return printHelp(entries, named, { output, isTopic })
  }
  const found = findCommand(entries, words)
  if (found === undefined) return refuse(entries, words, output)
  const group = listOffered(findSubgroup(entries, words, found))
  if (group.length > 0) {
    const isWhole = words.slice(found.length + 1).every(isSwitch)
    return isWhole ? printGroup(group, output) : refuseGroup(group, output)
  }
  const own = [...leading, ...words.slice(found.length)]
  return run(found.entry, own, { entries, output })
}
