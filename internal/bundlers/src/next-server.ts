import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

import { type Project, runProgram, type Settings } from './project.ts'

const QUIET = { NEXT_TELEMETRY_DISABLED: '1' }
const URL_LINE = /http:\/\/127\.0\.0\.1:[0-9]+/

const nextScript = () => createRequire(import.meta.url).resolve('next/dist/bin/next')

/** Builds the application with the bundler of Next.js. */
export async function buildNext({ folder }: Project): Promise<void> {
  await runProgram([process.execPath, nextScript(), 'build'], folder, QUIET)
}

/** Starts the server that was built, asks it to unbind, and ends it. */
export async function askNext(
  node: string,
  { folder }: Project,
  settings: Settings,
): Promise<string> {
  const args = [nextScript(), 'start', '--hostname', '127.0.0.1', '--port', '0']
  const server = spawn(node, args, {
    cwd: folder,
    env: { ...process.env, ...QUIET, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(server, 'exit')
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const [url] = URL_LINE.exec(line) ?? []
      if (url === undefined) continue
      const response = await fetch(`${url}/unbind`)
      return await response.text()
    }
    throw new Error('The server of Next.js ended before it said where it listens.')
  } finally {
    server.kill()
    await exited
  }
}
