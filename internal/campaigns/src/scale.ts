import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { CLI_FILE } from '@internal/vectors'
import { createClient } from '@llpay/node'

import { inParallel } from './in-parallel.ts'
import { keys, OID_PARTNER } from './merchant.ts'

// Usage: scale.ts [--counts 10000,100000]. What a card costs in bulk, and what it takes of memory,
// by how many there are; beside it the same call without file, ledger and results. Needs Linux.
const { values } = parseArgs({
  options: { counts: { type: 'string', default: '10000,100000' } },
})
const FIRST = 2_014_031_700_000_000
const AT_ONCE = 16
const SAMPLE_MS = 250
const TICK_MS = 10
const KIB_PER_MIB = 1024
const [UTIME, STIME] = [11, 12]
const PLAIN_CALLS = 3_000
const USER_ID = 'u'

const gateway = fork(fileURLToPath(new URL('scale/gateway.ts', import.meta.url)))
const [url]: unknown[] = await once(gateway, 'message')
const { merchant, gateway: own } = keys()
const baseUrl = String(url)

/** What the kernel says of a process; nothing once it has ended. */
function observe(pid: number): { mib: number; cpuMs: number } | undefined {
  try {
    const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const [, facts = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\))/)
    const ticks = facts.split(' ')
    return {
      mib: Number(kib) / KIB_PER_MIB,
      cpuMs: (Number(ticks[UTIME]) + Number(ticks[STIME])) * TICK_MS,
    }
  } catch {
    return undefined
  }
}

async function writeCards(file: string, from: number, count: number): Promise<void> {
  const out = createWriteStream(file)
  out.write('user_id,no_agree,pay_type\n')
  for (let index = 0; index < count; index += 1) {
    if (!out.write(`${USER_ID},${FIRST + from + index},D\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

/** Unbinds so many cards by the command line. */
async function runBulk(from: number, count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-scale-'))
  const file = join(folder, 'cards.csv')
  await writeCards(file, from, count)
  const started = performance.now()
  const flags = ['--rate', 'none', '--concurrency', String(AT_ONCE)]
  const results = ['--results', join(folder, 'results')]
  const child = spawn(
    process.execPath,
    [CLI_FILE, 'card', 'unbind-many', file, ...flags, ...results],
    {
      env: {
        LLPAY_OID_PARTNER: OID_PARTNER,
        LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
        LLPAY_GATEWAY_KEY: own.spkiPem,
        LLPAY_BASE_URL: baseUrl,
        XDG_CONFIG_HOME: folder,
      },
      stdio: 'ignore',
    },
  )
  const closed = once(child, 'close')
  let [peak, cpuMs] = [0, 0]
  while (child.exitCode === null && child.signalCode === null) {
    const seen = observe(child.pid ?? 0)
    peak = Math.max(peak, seen?.mib ?? 0)
    cpuMs = Math.max(cpuMs, seen?.cpuMs ?? 0)
    await pause(SAMPLE_MS)
  }
  await closed
  const seconds = (performance.now() - started) / 1_000
  const ledgerMib = statSync(`${file}.ledger`).size / KIB_PER_MIB ** 2
  rmSync(folder, { recursive: true })
  return { status: child.exitCode, seconds, peak, ledgerMib, usPerCard: (cpuMs * 1_000) / count }
}

/** The same call from a loop: what a card costs without file, ledger and results. */
async function runPlain(from: number): Promise<number> {
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: own.spkiPem,
    baseUrl,
    settle: 'always',
  })
  const call = async (index: number) => {
    await client.card.unbind({ user_id: USER_ID, no_agree: String(FIRST + index), pay_type: 'D' })
  }
  const numbers = (start: number) =>
    Array.from({ length: PLAIN_CALLS }, (_, index) => start + index)
  await inParallel(numbers(from), AT_ONCE, call)
  const before = process.cpuUsage()
  await inParallel(numbers(from + PLAIN_CALLS), AT_ONCE, call)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / PLAIN_CALLS
}

const plain = await runPlain(0)
console.log(`the call alone: ${plain.toFixed(0)} µs of CPU per card`)
let from = 2 * PLAIN_CALLS
for (const count of values.counts.split(',').map(Number)) {
  const { status, seconds, peak, ledgerMib, usPerCard } = await runBulk(from, count)
  from += count
  console.log(
    [
      `${count} cards: exit ${status}, ${seconds.toFixed(0)} s, ${Math.round(count / seconds)}/s`,
      `${usPerCard.toFixed(0)} µs of CPU per card (${(usPerCard / plain).toFixed(2)} of the call)`,
      `peak ${peak.toFixed(0)} MiB, ledger ${ledgerMib.toFixed(1)} MiB`,
    ].join(', '),
  )
}
gateway.disconnect()
