import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { CLI_FILE, runCli } from '@internal/testkit/cli'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import type { UnbindJob } from '@llpay/core/bulk'

import { RUN_FAULTS } from '../../faults/cases.ts'
import type { OpenSubject, Stage, Subject, Told } from '../subject.ts'

const COLUMNS = ['user_id', 'no_agree', 'pay_type', 'platform'] as const

/** A card as the report of a ledger has it. */
interface Reported {
  readonly ref?: string
  readonly outcome: Told['outcome'] | 'open'
  readonly sentAt?: string
}

// The agreement is the reference as well, so that results and report can be held against the gateway.
const lineOf = (job: UnbindJob) =>
  `${[...COLUMNS.map((name) => job[name] ?? ''), job.no_agree].join(',')}\n`

/** The outcomes in a file of results, torn lines at its end left out. */
function readResults(file: string): Told[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const { ref, outcome }: { ref: string; outcome: Told['outcome'] } = JSON.parse(line)
    return { no_agree: ref, outcome, starts: 1 }
  })
}

function open({ folder, gatewayUrl }: Stage): OpenSubject {
  const file = (name: string) => join(folder, name)
  const { merchant, gateway } = merchantKeys()
  const env = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
    LLPAY_GATEWAY_KEY: gateway.spkiPem,
    LLPAY_BASE_URL: gatewayUrl,
    XDG_CONFIG_HOME: folder,
  }
  const flags = ['--rate', 'none', '--concurrency', '64', '--timeout', '1500', '--tries', '20']
  const own = ['--ledger', file('ledger'), '--results', file('results')]
  const command = ['card', 'unbind-many', file('cards.csv'), ...flags, ...own]
  let count = 0
  let report: Promise<readonly Reported[]> | undefined
  const readReport = async () => {
    const args = ['card', 'unbind-many', 'report', file('ledger'), '--json']
    const { cards }: { cards: Reported[] } = JSON.parse((await runCli(args, env)).stdout)
    return cards
  }
  const reported = () => (report ??= readReport())
  let marked: Promise<ReadonlySet<string>> | undefined
  const readMarked = async () => {
    const sent = (await reported()).filter(({ sentAt }) => sentAt !== undefined)
    return new Set(sent.map(({ ref = '' }) => ref))
  }
  return {
    async enqueue(jobs) {
      count = jobs.length
      const header = `${[...COLUMNS, 'ref'].join(',')}\n`
      writeFileSync(file('cards.csv'), [header, ...jobs.map(lineOf)].join(''))
    },
    startWorker: () => spawn(process.execPath, [CLI_FILE, ...command], { env, stdio: 'ignore' }),
    isFinished: async ({ exitCode }) =>
      exitCode !== null && readResults(file('results')).length >= count,
    told: async () => readResults(file('results')),
    recorded: async () =>
      (await reported()).flatMap(({ ref = '', outcome }) =>
        outcome === 'open' ? [] : [{ no_agree: ref, outcome, starts: 1 }],
      ),
    hooked: async () => [],
    isMarked: async ({ no_agree }) => (await (marked ??= readMarked())).has(no_agree),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** `llpay card unbind-many`. */
export const runner: Subject = {
  name: 'llpay unbind-many',
  full: { count: 20_000, kills: 50 },
  short: { count: 300, kills: 4 },
  faults: RUN_FAULTS,
  open: async (stage) => open(stage),
}
