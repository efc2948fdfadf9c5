import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A sandbox that listens. */
export interface Sandbox {
  /** What points a client at it. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

interface Introduction {
  readonly sandbox: { readonly environment: Readonly<Record<string, string>> }
}

/** Starts the sandbox of an installed command line, and waits until it tells where it listens. */
export async function startSandbox(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
): Promise<Sandbox> {
  const child = spawn(
    file,
    [...args, 'sandbox', '--json', '--port', '0', '--card', '1234567:2014031710002121:D'],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const { sandbox }: Introduction = JSON.parse(line)
    return { environment: sandbox.environment, stop }
  }
  throw new Error('The sandbox ended before it said where it listens.')
}
