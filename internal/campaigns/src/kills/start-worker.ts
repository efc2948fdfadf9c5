import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Stage, Told } from './subject.ts'

const hookFile = ({ folder }: Stage) => join(folder, 'hooks.ndjson')

/** Starts a script of `subjects/` as a worker. */
export function startWorker(script: string, stage: Stage, serverUrl: string): ChildProcess {
  const path = fileURLToPath(new URL(`subjects/${script}`, import.meta.url))
  return spawn(process.execPath, [...process.execArgv, path], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      GATEWAY_URL: stage.gatewayUrl,
      SERVER_URL: serverUrl,
      HOOK_FILE: hookFile(stage),
    },
  })
}

/** Complains about a worker of a queue that ended without being killed. */
export function refuseEnded({ exitCode }: ChildProcess): void {
  if (exitCode !== null) throw new Error(`the worker ended by itself with ${exitCode}`)
}

/** Reads what the hooks of the workers wrote down. */
export async function readHooks(stage: Stage): Promise<Told[]> {
  const path = hookFile(stage)
  if (!existsSync(path)) return []
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line))
}
