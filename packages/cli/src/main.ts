import { createOutput } from './output/output.ts'
import { openStream } from './output/stream.ts'
import { runCommand } from './run-command.ts'
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
export async function main(args: readonly string[]): Promise<number> {
  const flags = flagsOf(args)
  const output = createOutput(
    {
      json: flags.includes('--json'),
      verbose: flags.includes('--verbose'),
      color: !flags.includes('--no-color') && (process.env['NO_COLOR'] ?? '') === '',
    },
    { out: openStream(1), err: openStream(2) },
  )
  const leading = countLeadingSwitches(args)
  if (leading === args.length && args.includes('--version')) {
    const version = readVersion()
    if (output.json) output.object({ ok: true, version })
    else output.line(version)
    return 0
  }
  return runCommand(args.slice(0, leading), args.slice(leading), output)
}
