import { chooseLanguage, LANGUAGES, t } from './output/language.ts'
import { createOutput } from './output/output.ts'
import { printError } from './output/print-error.ts'
import { openStream } from './output/stream.ts'
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

/**
 * Runs the command line and gives the exit status. With `--json`, every path prints exactly one
 * object on standard output.
 */
export async function main(given: readonly string[]): Promise<number> {
  const { args, language, isUnknown } = chooseLanguage(given, process.env)
  const flags = flagsOf(args)
  const output = createOutput(
    {
      json: flags.includes('--json'),
      verbose: flags.includes('--verbose'),
      color: !flags.includes('--no-color') && (process.env['NO_COLOR'] ?? '') === '',
      language,
    },
    { out: openStream(1), err: openStream(2) },
  )
  if (isUnknown) {
    const known = LANGUAGES.join(', ')
    const text = t(`--lang must be one of ${known}.`, `--lang 只能是 ${known} 之一。`)
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
