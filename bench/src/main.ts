// Measures what is named, or everything: npm run bench -- [NAME...] [--short] [--json FILE]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { BENCHES } from './benches.ts'
import { describeMachine } from './measure/machine.ts'
import { tableOf } from './measure/print.ts'
import type { Group } from './measure/result.ts'

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, json: { type: 'string' } },
  allowPositionals: true,
})

const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  throw new Error(`There is no bench ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
}

const machine = describeMachine()
console.log(`${machine}\n`)
const measured: Record<string, readonly Group[]> = {}
for (const name of names) {
  const groups = (await BENCHES[name]?.({ short: values.short })) ?? []
  measured[name] = groups
  for (const group of groups) console.log(`${tableOf(group).join('\n')}\n`)
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, benches: measured }, undefined, 2)}\n`)
}
