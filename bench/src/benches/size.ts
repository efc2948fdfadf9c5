import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { unpackPackages } from '@internal/runtimes'
import { bundleWorker, type Chunk } from '@internal/runtimes/bundle'
import { ROOT } from '@internal/testkit/repository'

import { installedSize } from '../measure/installed-size.ts'
import type { Bench, Group, Row } from '../measure/result.ts'
import { partsOf } from '../measure/worker-parts.ts'

const PEERS = ['stripe', 'alipay-sdk', 'wechatpay-axios-plugin']
const OURS = ['@llpay/node', '@llpay/edge', '@llpay/cli']
const KILOBYTE = 1_000
const WORKER_GOAL = 12

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

function partsGroup(chunks: readonly Chunk[], when: string): Group {
  const parts = [...partsOf(chunks)]
  return {
    title: `size: a Worker, ${when}`,
    unit: 'kB gzipped',
    rows: parts.map(([name, bytes]) => ({ name, role: 'peer', value: bytes / KILOBYTE })),
  }
}

async function workerGroups(): Promise<Group[]> {
  const packed = unpackPackages(['core', 'edge'])
  const chunks = await bundleWorker(packed)
  const client = await bundleWorker(packed, 'edge-client')
  const start = sum(chunks.filter(({ atStart }) => atStart).map(({ gzipped }) => gzipped))
  const whole = sum(chunks.map(({ gzipped }) => gzipped))
  const total: Group = {
    title: 'size: a Worker that unbinds a card',
    unit: `kB gzipped; goal ${WORKER_GOAL} at start`,
    rows: [
      { name: 'at start', role: 'ours', value: start / KILOBYTE },
      { name: 'with all that it may load later', role: 'peer', value: whole / KILOBYTE },
      {
        name: 'the whole edge client, with the same',
        role: 'peer',
        value: sum(client.map(({ gzipped }) => gzipped)) / KILOBYTE,
      },
    ],
  }
  const atStart = chunks.filter((chunk) => chunk.atStart)
  const later = chunks.filter((chunk) => !chunk.atStart)
  return [total, partsGroup(atStart, 'at start'), partsGroup(later, 'later')]
}

/** What is published of one of our packages, in bytes: sources and tests of the repository are not. */
function packedSize(name: string): number {
  const folder = join(ROOT, 'packages', name.split('/')[1] ?? '')
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const packed: { unpackedSize?: number }[] = Object.values(JSON.parse(out.toString()))
  return packed[0]?.unpackedSize ?? 0
}

/** What an installation takes, and of how many packages it is made. */
export const benchSize: Bench = async function* () {
  const installed = [...OURS, ...PEERS].map((name) => ({
    name,
    role: name === OURS[0] ? ('ours' as const) : ('peer' as const),
    ...installedSize(name, packedSize),
  }))
  const rowsOf = (value: (each: (typeof installed)[number]) => number): Row[] =>
    installed.map((each) => ({ name: each.name, role: each.role, value: value(each) }))
  yield* await workerGroups()
  yield {
    title: 'size: installed',
    unit: 'kB on disk',
    rows: rowsOf(({ bytes }) => bytes / KILOBYTE),
  }
  yield {
    title: 'size: packages',
    unit: 'packages, itself included',
    rows: rowsOf(({ packages }) => packages),
  }
}
