#!/usr/bin/env node
import { openStream } from './output/stream.ts'
import { EXIT } from './program/exit-code.ts'
import { readVersion } from './version.ts'

async function start(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--version') {
    const out = openStream(1)
    out.write(`${readVersion()}\n`)
    if (out.failure === undefined) return
  }
  // A command that Node would leave unfinished, with nothing to wait for, has not succeeded.
  process.exitCode = EXIT.bug
  const { main } = await import('./main.ts')
  // Whatever was printed is written; a socket that is still connecting is not waited for.
  process.exit(await main(args))
}

void start(process.argv.slice(2))
