import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { CLI_FILE } from '@internal/testkit/cli'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'

import { temporaryFolder } from '../measure/temporary-folder.ts'
import { AT_ONCE } from './merchant.ts'
import { observe } from './observe.ts'
import type { Point, ScaleRun } from './scale-run.ts'
import { writeCards } from './write-cards.ts'

const SAMPLE_MS = 200
const MIB = 1024 ** 2

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

function start(folder: string, baseUrl: string) {
  const { merchant, gateway } = merchantKeys()
  const flags = ['--rate', 'none', '--concurrency', String(AT_ONCE)]
  const results = ['--results', join(folder, 'results')]
  const args = ['card', 'unbind-many', join(folder, 'cards.csv'), ...flags, ...results]
  return spawn(process.execPath, [CLI_FILE, ...args], {
    env: {
      LLPAY_OID_PARTNER: OID_PARTNER,
      LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
      LLPAY_GATEWAY_KEY: gateway.spkiPem,
      LLPAY_BASE_URL: baseUrl,
      XDG_CONFIG_HOME: folder,
    },
    stdio: 'ignore',
  })
}

/** Unbinds a given number of cards by the command line, and watches it from outside. */
export async function runBulk(baseUrl: string, from: number, count: number): Promise<ScaleRun> {
  using folder = temporaryFolder()
  await writeCards(join(folder.path, 'cards.csv'), from, count)
  const ledger = join(folder.path, 'cards.csv.ledger')
  const started = performance.now()
  const child = start(folder.path, baseUrl)
  const closed = once(child, 'close')
  const samples: { bytes: number; mib: number; cpuUs: number }[] = []
  while (child.exitCode === null && child.signalCode === null) {
    const seen = observe(child.pid ?? 0)
    if (seen !== undefined) samples.push({ bytes: sizeOf(ledger), ...seen })
    await pause(SAMPLE_MS)
  }
  await closed
  const seconds = (performance.now() - started) / 1_000
  if (child.exitCode !== 0) throw new Error(`The run ended with ${child.exitCode}.`)
  const bytes = sizeOf(ledger)
  const toPoint = (sample: (typeof samples)[number]): Point => ({
    cards: Math.round((sample.bytes / bytes) * count),
    mib: sample.mib,
    cpuUs: sample.cpuUs,
  })
  return { count, seconds, ledgerMib: bytes / MIB, points: samples.map(toPoint) }
}
