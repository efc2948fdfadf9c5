import { delimiter, join } from 'node:path'

import { CHECKS } from './gate/checks.ts'
import { runGate } from './gate/run-gate.ts'
import { ROOT } from './repository.ts'

// Usage: run-checks.ts [NAME...] runs all checks, or only the named ones.
const names = process.argv.slice(2)
const unknown = names.filter((name) => !CHECKS.some((check) => check.name === name))
if (unknown.length > 0) throw new Error(`There is no check named ${unknown.join(', ')}.`)

process.env['PATH'] = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
process.env['TURBO_TELEMETRY_DISABLED'] = '1'
process.env['DO_NOT_TRACK'] = '1'

await runGate(
  CHECKS.filter(({ name }) => names.length === 0 || names.includes(name)),
  ROOT,
)
