import { randomBytes } from 'node:crypto'

import { startPostgres, startRedis, type Service } from '@internal/services'

import { runOnNode } from './run-on-node.ts'
import { runOnWorkerd } from './run-on-workerd.ts'
import { openOwnSandbox, openSandbox, type OpenSandbox, type Run } from './sandbox.ts'

interface Example {
  readonly open: () => Promise<OpenSandbox>
  readonly run: Run
  /** The server it needs, and the variable that names it. */
  readonly needs?: { readonly variable: string; start(): Promise<Service | undefined> }
}

/** The examples by name. */
export const RUNS: Readonly<Record<string, Example>> = {
  'pg-boss': { open: openSandbox, run: runOnNode('pg-boss') },
  postgres: {
    open: openSandbox,
    run: runOnNode('pg-boss'),
    needs: { variable: 'DATABASE_URL', start: startPostgres },
  },
  bullmq: {
    open: openSandbox,
    run: runOnNode('bullmq'),
    needs: { variable: 'REDIS_URL', start: startRedis },
  },
  cloudflare: { open: openOwnSandbox, run: runOnWorkerd },
}

/** Starts what an example needs, runs it, and ends what was started; nothing where it is not there. */
export async function runExample(
  { open, run, needs }: Example,
  tell: (line: string) => void,
): Promise<boolean | undefined> {
  await using service = await needs?.start()
  if (needs !== undefined && service === undefined) return undefined
  await using sandbox = await open()
  const environment = {
    ...sandbox.environment,
    LLPAY_JOB_ID_KEY: randomBytes(32).toString('hex'),
    ...(needs === undefined || service === undefined ? {} : { [needs.variable]: service.url }),
  }
  return await run(environment, tell)
}
