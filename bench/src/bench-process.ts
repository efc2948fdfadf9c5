// Runs one bench and hands each table to the process that started it: see run-bench.ts.
import { BENCHES } from './benches.ts'

const [name = '', ...flags] = process.argv.slice(2)
const bench = BENCHES[name]
if (bench === undefined) throw new Error(`There is no bench ${name}.`)
for await (const group of bench({ short: flags.includes('--short') })) process.send?.(group)
process.disconnect()
