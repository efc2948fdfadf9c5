import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { CLI_FILE, runCli } from '@internal/vectors'

import { keys, OID_PARTNER } from '../merchant.ts'
import type { Random } from '../prng.ts'
import type { PlannedCard } from './plan-cards.ts'

/** How a run of the command line is to be treated. */
export interface Treatment {
  readonly kills: number
  /** Each run is killed after at least so many milliseconds, and at most so many more. */
  readonly leastMs: number
  readonly spanMs: number
  readonly random: Random
}

/** What was told in the end. */
export interface Told {
  /** The outcomes of each card in the file of results, by its agreement. */
  readonly results: ReadonlyMap<string, readonly string[]>
  /** The outcomes of each card in the ledger's report. */
  readonly report: ReadonlyMap<string, readonly string[]>
  /** How many runs were really killed. */
  readonly killed: number
  readonly runs: number
  /** The exit status of the last run. */
  readonly status: number | null
}

/** A run that leaves cards is followed by another one, so often at most. */
const MORE_RUNS = 10
const LEFT = 5

function collect(pairs: Iterable<readonly [string, string]>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [ref, outcome] of pairs) found.set(ref, [...(found.get(ref) ?? []), outcome])
  return found
}

async function killSoon(child: ChildProcess, treatment: Treatment): Promise<boolean> {
  const closed = once(child, 'close')
  const wait = treatment.leastMs + treatment.random() * treatment.spanMs
  await Promise.race([pause(wait), closed])
  const isKilled = child.kill('SIGKILL')
  await closed
  return isKilled
}

/** Unbinds cards with the local runner, which is killed again and again, until it comes to its end. */
export async function runKilled(
  url: string,
  cards: readonly PlannedCard[],
  treatment: Treatment,
): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-kills-'))
  const file = (name: string) => join(folder, name)
  const { merchant, gateway } = keys()
  const env = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
    LLPAY_GATEWAY_KEY: gateway.spkiPem,
    LLPAY_BASE_URL: url,
    XDG_CONFIG_HOME: folder,
  }
  const flags = ['--rate', 'none', '--concurrency', '64', '--timeout', '4000', '--tries', '20']
  const own = ['--ledger', file('ledger'), '--results', file('results')]
  const command = ['card', 'unbind-many', file('cards.csv'), ...flags, ...own]
  const start = () => spawn(process.execPath, [CLI_FILE, ...command], { env, stdio: 'ignore' })
  const rows = cards.map(({ user_id, no_agree, pay_type }) => [
    user_id,
    no_agree,
    pay_type,
    no_agree,
  ])
  const header = ['user_id', 'no_agree', 'pay_type', 'ref']
  writeFileSync(file('cards.csv'), [header, ...rows].map((row) => `${row.join(',')}\n`).join(''))
  try {
    let [killed, runs] = [0, 0]
    for (; runs < treatment.kills; runs += 1) {
      if (await killSoon(start(), treatment)) killed += 1
    }
    let status: number | null = LEFT
    for (let more = 0; more < MORE_RUNS && status === LEFT; more += 1) {
      runs += 1
      const [code]: unknown[] = await once(start(), 'close')
      status = typeof code === 'number' ? code : null
    }
    const lines = readFileSync(file('results'), 'utf8').trimEnd().split('\n')
    const results = lines.map((line): [string, string] => {
      const { ref, outcome }: Record<string, string> = JSON.parse(line)
      return [ref ?? '', outcome ?? '']
    })
    const printed = await runCli(['card', 'unbind-many', 'report', file('ledger')], env)
    const cells = printed.stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const report = cells.map(([, ref = '', outcome = '']): [string, string] => [ref, outcome])
    return { results: collect(results), report: collect(report), killed, runs, status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
