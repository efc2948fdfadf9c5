import { join } from 'node:path'

import { cpuOf, cpuPerCall } from '../measure/cost.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'
import { temporaryFolder } from '../measure/temporary-folder.ts'
import { callAlone } from '../scale/call-alone.ts'
import { AT_ONCE } from '../scale/merchant.ts'
import { runInProcess } from '../scale/run-in-process.ts'
import { startGateway } from '../scale/start-gateway.ts'
import { writeCards } from '../scale/write-cards.ts'

const GOAL = 1.1

/** What a card costs in bulk: the call alone, then with the reading of a file, then with the records. */
export const benchBulk: Bench = async ({ short }) => {
  using gateway = await startGateway()
  using folder = temporaryFolder()
  const count = short ? 500 : 2_000
  let used = 0
  const bulk = (name: string, role: Contender['role'], isKept: boolean): Contender => {
    const run = runInProcess(folder.path, gateway.url, isKept)
    return {
      name,
      role,
      async sample() {
        const file = join(folder.path, 'cards.csv')
        await writeCards(file, used + 1, count)
        used += count
        return (await cpuOf(() => run(file))) / count
      },
    }
  }
  const call = callAlone(gateway.url, () => (used += 1))
  const rows = await interleave(
    [
      { name: 'the call alone', role: 'limit', sample: () => cpuPerCall(count, AT_ONCE, call) },
      bulk('read from a file, checked', 'peer', false),
      bulk('with ledger and results', 'ours', true),
    ],
    short ? 7 : 11,
    { warmUp: 2 },
  )
  return [{ title: 'bulk, 16 in flight', unit: 'µs of CPU per card', rows, goal: GOAL }]
}
