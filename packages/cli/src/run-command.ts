import { ConfigError, isLLPayError } from '@llpay/core'

import { COMMON_FLAGS } from './args/flag.ts'
import { parseFlags } from './args/parse-flags.ts'
import type { Command } from './commands/command.ts'
import { findCommand, listCommands } from './commands/find-command.ts'
import { commandHelp, programHelp } from './commands/help.ts'
import { EXIT, exitCodeOf } from './exit-code.ts'
import { watchInterrupts } from './interrupts.ts'
import type { Output } from './output/output.ts'
import { printBug } from './output/print-bug.ts'
import { printError } from './output/print-error.ts'

const HELP_FLAGS = ['--help', '-h']

const isHelp = (args: readonly string[]) => args.some((arg) => HELP_FLAGS.includes(arg))

async function printHelp(command: Command | undefined, output: Output): Promise<number> {
  const text = command === undefined ? programHelp(await listCommands()) : commandHelp(command)
  if (output.json) output.object({ ok: true, help: text })
  else output.line(text.trimEnd())
  return EXIT.done
}

/** Runs a command with its flags, and turns whatever it throws into a message and an exit status. */
async function run(command: Command, args: readonly string[], output: Output): Promise<number> {
  const interrupts = watchInterrupts()
  try {
    const flags = parseFlags(
      args,
      [...command.flags, ...COMMON_FLAGS],
      `llpay ${command.words} --help`,
    )
    return await command.run({ flags, output, env: process.env, signal: interrupts.signal })
  } catch (error) {
    if (!isLLPayError(error)) {
      printBug(output, command.api, error)
      return EXIT.bug
    }
    printError(output, command.api, error)
    return exitCodeOf(error, interrupts.signal.aborted)
  } finally {
    interrupts.dispose()
  }
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
  const wantsHelp = first === 'help' || (args.length === 0 && isHelp(leading))
  const words = first === 'help' ? rest : args
  const found = words.length === 0 ? undefined : await findCommand(words)
  if (found === undefined && (words.length > 0 || !wantsHelp)) {
    const problem = words.length === 0 ? 'No command was given.' : 'There is no such command.'
    printError(
      output,
      null,
      new ConfigError('ERR_CONFIG_USAGE', `${problem} See llpay --help for those there are.`),
    )
    return EXIT.usage
  }
  if (found === undefined || wantsHelp || isHelp(leading) || isHelp(words)) {
    return printHelp(found?.command, output)
  }
  return run(found.command, [...leading, ...words.slice(found.length)], output)
}
