import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'

import { ROOT } from '@internal/testkit/repository'

import { LONG_CHECKS, QUICK_CHECKS } from './gate/checks.ts'
import { runGate } from './gate/run-gate.ts'

// Usage: run-checks.ts [--long] runs the checks of `npm test`, or the others; run-checks.ts NAME...
// runs the named ones of both.
const { values, positionals: names } = parseArgs({
  options: { long: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const suite = values.long ? LONG_CHECKS : QUICK_CHECKS
const all = [...QUICK_CHECKS, ...LONG_CHECKS]
const named = names.map((name) => {
  const check = all.find((each) => each.name === name)
  if (check === undefined) throw new Error(`There is no check named ${name}.`)
  return check
})

process.env['PATH'] = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
process.env['TURBO_TELEMETRY_DISABLED'] = '1'
process.env['DO_NOT_TRACK'] = '1'

await runGate(named.length > 0 ? named : suite, ROOT)
