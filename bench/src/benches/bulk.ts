import { join } from 'node:path'

import { cpuOf, cpuPerCall } from '../measure/cost.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench, Row } from '../measure/result.ts'
import { temporaryFolder } from '../measure/temporary-folder.ts'
import { callAlone } from '../scale/call-alone.ts'
import { AT_ONCE } from '../scale/merchant.ts'
import { runInProcess, type Kept } from '../scale/run-in-process.ts'
import { startGateway } from '../scale/start-gateway.ts'
import { writeCards } from '../scale/write-cards.ts'

const READ = 'with the file, each line checked'
const LEDGER = 'with the ledger'

/** What one row costs more than another, where both were measured. */
function difference(rows: readonly Row[], name: string, more: string, less: string): Row[] {
  const valueOf = (wanted: string) => rows.find((row) => row.name === wanted)?.value ?? Number.NaN
  const value = valueOf(more) - valueOf(less)
  return Number.isNaN(value) ? [] : [{ name, role: 'peer', value }]
}

/** What a card costs in bulk: the call alone, then with the reading of a file, then with the records. */
export const benchBulk: Bench = async function* ({ short }) {
  using gateway = await startGateway()
  using folder = temporaryFolder()
  const count = short ? 500 : 1_000
  let used = 0
  const bulk = (name: string, role: Contender['role'], kept: Kept): Contender => {
    const run = runInProcess(folder.path, gateway.url, kept)
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
      bulk(READ, 'peer', { ledger: false, results: false }),
      bulk(LEDGER, 'peer', { ledger: true, results: false }),
      bulk('with the results: unbind-many', 'ours', { ledger: true, results: true }),
    ],
    short ? 7 : 17,
    { warmUp: 2 },
  )
  const all = [...rows, ...difference(rows, 'the ledger alone', LEDGER, READ)]
  yield { title: 'bulk, 16 in flight', unit: 'µs of CPU per card', rows: all }
}
