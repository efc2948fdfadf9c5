import { spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { workerdBinary } from './index.ts'

/** A Worker to run. */
export interface WorkerOptions {
  readonly folder: string
  /** The text of its module. */
  readonly module: string
  readonly compatibilityFlags: readonly string[]
  /** Variables and secrets. */
  readonly bindings?: Readonly<Record<string, string>>
  /** What workerd itself serves the Worker with, such as queues. */
  readonly platform?: Platform
}

/** Services beside the Worker, as text of workerd's configuration. */
export interface Platform {
  readonly services: string
  readonly bindings: string
  /** Constants that the services name. */
  readonly constants: string
}

/** A Worker that runs. */
export interface RunningWorker extends AsyncDisposable {
  readonly url: string
}

/** Only ends a workerd that hangs: it starts in a second. */
const START_MS = 600_000

function writeConfig({ compatibilityFlags, bindings = {}, platform }: WorkerOptions): string {
  const texts = Object.entries(bindings).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  )
  // Without the network a fetch to this machine fails with "internal error".
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["private"])),
    ${platform?.services ?? ''}
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ${JSON.stringify(compatibilityFlags)},
  bindings = [${[...texts, platform?.bindings ?? ''].join(', ')}],
);
${platform?.constants ?? ''}`
}

/** Starts a Worker in workerd on a free port. */
export async function startWorkerd(options: WorkerOptions): Promise<RunningWorker> {
  const folder = await mkdtemp(join(options.folder, 'workerd-'))
  await writeFile(join(folder, 'worker.mjs'), options.module)
  await writeFile(join(folder, 'config.capnp'), writeConfig(options))
  // The queues and the database that workerd brings along are.
  const experimental = options.platform === undefined ? [] : ['--experimental']
  const child = spawn(
    workerdBinary(),
    ['serve', 'config.capnp', '--socket-addr=http=127.0.0.1:0', '--control-fd=3', ...experimental],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  )
  let complaints = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const stop = async (): Promise<void> => {
    // Politely asked, it would wait for requests that never end.
    child.kill('SIGKILL')
    await exited
  }
  const listening = new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`workerd ended with ${code}: ${complaints}`)))
    child.stdio[3]?.on('data', (line: Buffer) => {
      const port = /"port":\s*(\d+)/.exec(line.toString())?.[1]
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`)
    })
  })
  const started = new AbortController()
  const late = async (): Promise<never> => {
    await delay(START_MS, undefined, { ref: false, signal: started.signal })
    await stop()
    throw new Error(`workerd did not start: ${complaints}`)
  }
  const url = await Promise.race([listening, late()])
  started.abort()
  return { url, [Symbol.asyncDispose]: stop }
}
