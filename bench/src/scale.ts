// What a card costs in bulk, and what it takes of memory, by how many there are:
// npm run scale -- [--counts 10000,100000,1000000] [--report]. Needs Linux.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { cpuPerCall } from './measure/cost.ts'
import { describeMachine } from './measure/machine.ts'
import { SCALE, writeReport } from './report/write-report.ts'
import { callAlone } from './scale/call-alone.ts'
import { AT_ONCE } from './scale/merchant.ts'
import { runBulk } from './scale/run-bulk.ts'
import { summarize, type ScaleResult } from './scale/scale-run.ts'
import { startGateway } from './scale/start-gateway.ts'

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '10000,100000,1000000' },
    report: { type: 'boolean', default: false },
  },
})
const CALLS = 3_000

using gateway = await startGateway()
let used = 0
const call = callAlone(gateway.url, () => (used += 1))
await cpuPerCall(CALLS, AT_ONCE, call)
const runs: ScaleResult[] = []
for (const count of values.counts.split(',').map(Number)) {
  const usPerCall = await cpuPerCall(CALLS, AT_ONCE, call)
  const run = summarize(await runBulk(gateway.url, used + 1, count), usPerCall)
  used += count
  runs.push(run)
  const { seconds, usPerCard, peakMib, ledgerMib } = run
  console.log(
    [
      `${count} cards: ${seconds.toFixed(0)} s, ${Math.round(count / seconds)}/s`,
      `${usPerCard} µs of CPU per card, ${(usPerCard / usPerCall).toFixed(2)} times the call alone`,
      `at most ${peakMib} MiB resident, ledger ${ledgerMib} MiB`,
    ].join(', '),
  )
}
if (values.report) {
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(SCALE, `${JSON.stringify({ date, machine: describeMachine(), runs })}\n`)
  writeReport()
}
