// Measures what is named, or everything: npm run bench -- [NAME...] [--short] [--json FILE] [--report]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { BENCHES } from './benches.ts'
import { describeMachine } from './measure/machine.ts'
import { tableOf } from './measure/print.ts'
import type { Group } from './measure/result.ts'
import { LAST, writeReport } from './report/write-report.ts'
import { runBench } from './run-bench.ts'

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})

const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  throw new Error(`There is no bench ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
}
if (values.report && (values.short || positionals.length > 0)) {
  throw new Error('A report is of all benches in their full form: give --report alone.')
}

const machine = describeMachine()
console.log(`${machine}\n`)
const benches: Record<string, readonly Group[]> = {}
for (const name of names) {
  const { groups, failure } = await runBench(name, values, (group) =>
    console.log(`${tableOf(group).join('\n')}\n`),
  )
  benches[name] = groups
  if (failure === undefined) continue
  console.error(failure)
  process.exitCode = 1
}
const file = values.report ? LAST : values.json
if (file !== undefined) {
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(file, `${JSON.stringify({ date, machine, benches }, undefined, 2)}\n`)
}
if (values.report && process.exitCode === undefined) writeReport()
