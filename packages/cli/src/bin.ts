#!/usr/bin/env node
import { openStream } from './output/stream.ts'
import { readVersion } from './version.ts'

async function start(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--version') {
    openStream(1).write(`${readVersion()}\n`)
    return
  }
  const { main } = await import('./main.ts')
  // Whatever was printed is written; a socket that is still connecting is not waited for.
  process.exit(await main(args))
}

void start(process.argv.slice(2))
