import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { createJobIds, type JobIds, type UnbindJob } from '@llpay/core/bulk'

import type { FaultTables } from '../faults/cases.ts'

/** The key of the job ids. */
export const JOB_ID_KEY: Uint8Array = new Uint8Array(32).fill(7)

/** Gives the campaign's jobs their ids. */
export const idOf: JobIds = createJobIds(JOB_ID_KEY, OID_PARTNER)

/** How large a campaign over a queue is. */
export const QUEUE_SIZES = {
  full: { count: 5_000, kills: 20 },
  short: { count: 200, kills: 3 },
} as const

/** A final outcome, as it was reported for a card. */
export interface Told {
  readonly no_agree: string
  readonly outcome: 'unbound' | 'not-bound' | 'refused' | 'unknown'
  /** How often the job was begun, as far as the subject knows. */
  readonly starts: number
}

/** What a subject is opened for. */
export interface Stage {
  readonly gatewayUrl: string
  /** A folder for files, gone afterwards. */
  readonly folder: string
}

/** Something that carries jobs out in a process that can be killed. */
export interface OpenSubject extends AsyncDisposable {
  enqueue(jobs: readonly UnbindJob[]): Promise<void>
  /** Starts a worker, in its own process, which goes on where the last one was killed. */
  startWorker(): ChildProcess
  /**
   * Whether every job has its final outcome. A worker that ended by itself before that is started
   * again, unless this throws.
   */
  isFinished(worker: ChildProcess): Promise<boolean>
  /** Every final outcome that was reported: two for a card where it was reported twice. */
  told(): Promise<readonly Told[]>
  /** What another record of the subject says, which must be the same; missing where there is none. */
  recorded?(): Promise<readonly Told[]>
  /** What was reported while the worker ran, and may be reported again after a kill: by hooks. */
  hooked(): Promise<readonly Told[]>
  /** Whether there is a mark of a job. */
  isMarked(job: UnbindJob): Promise<boolean>
}

/** How large a campaign is. */
export interface Size {
  readonly count: number
  readonly kills: number
}

/** What a kill campaign is about. */
export interface Subject {
  readonly name: string
  readonly full: Size
  /** For CI. */
  readonly short: Size
  readonly faults: FaultTables
  /** Opens it; nothing where its server is not installed. */
  open(stage: Stage): Promise<OpenSubject | undefined>
}

const hookFile = ({ folder }: Stage) => join(folder, 'hooks.ndjson')

/** Starts a worker of a queue. */
export function startWorker(
  queue: 'bullmq' | 'pg-boss',
  stage: Stage,
  serverUrl: string,
): ChildProcess {
  const path = fileURLToPath(new URL('queue-worker.ts', import.meta.url))
  return spawn(process.execPath, [...process.execArgv, path, queue], {
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
