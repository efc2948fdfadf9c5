import { chooseLanguage, LANGUAGES, t } from './output/language.ts'
import { createOutput, type Output } from './output/output.ts'
import { printError } from './output/print-error.ts'
import { openStream, type Stream } from './output/stream.ts'
import { mustBeOneOf } from './program/choose.ts'
import { usageError } from './program/errors.ts'
import { EXIT } from './program/exit-code.ts'
import { runCommand } from './program/run-command.ts'
import { readVersion } from './version.ts'

const SWITCHES = ['--json', '--verbose', '--no-color', '--help', '-h', '--version']

/** Where the switches that may stand in front of a command end. */
function countLeadingSwitches(args: readonly string[]): number {
  const first = args.findIndex((arg) => !SWITCHES.includes(arg))
  return first < 0 ? args.length : first
}

/** The arguments that are certainly flags: what stands before `--`. */
function flagsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  return end < 0 ? args : args.slice(0, end)
}

/** A status that tells a success where standard output could not be written is a false one. */
function checkWritten(status: number, out: Stream, output: Output): number {
  if (out.failure === undefined) return status
  output.fail(
    t(
      `Standard output cannot be written (${out.failure}), and is incomplete.`,
      `无法写入标准输出（${out.failure}），内容不完整。`,
    ),
    t(
      'Make room, or write to another place. What the command did stays done.',
      '释放空间，或改写到别处。命令已执行的操作不会撤销。',
    ),
  )
  return status === EXIT.done ? EXIT.bug : status
}

/**
 * Runs the command line and gives the exit status. With `--json`, every path prints exactly one
 * object on standard output.
 */
export async function main(given: readonly string[]): Promise<number> {
  const { args, language, isUnknown } = chooseLanguage(given, process.env)
  const flags = flagsOf(args)
  const out = openStream(1)
  const output = createOutput(
    {
      json: flags.includes('--json'),
      verbose: flags.includes('--verbose'),
      color: !flags.includes('--no-color') && (process.env['NO_COLOR'] ?? '') === '',
      language,
    },
    { out, err: openStream(2) },
  )
  return checkWritten(await dispatch(args, isUnknown, output), out, output)
}

async function dispatch(
  args: readonly string[],
  isUnknown: boolean,
  output: Output,
): Promise<number> {
  if (isUnknown) {
    const text = mustBeOneOf('--lang', LANGUAGES)
    await printError(output, null, usageError('usage.language', text))
    return EXIT.usage
  }
  const leading = countLeadingSwitches(args)
  if (leading === args.length && args.includes('--version')) {
    const version = readVersion()
    if (output.json) output.object({ ok: true, version })
    else output.line(version)
    return EXIT.done
  }
  return runCommand(args.slice(0, leading), args.slice(leading), output)
}
