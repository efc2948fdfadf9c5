// Runs one bench and hands its tables to the process that started it: see run-bench.ts.
import { BENCHES } from './benches.ts'

const [name = '', ...flags] = process.argv.slice(2)
const groups = (await BENCHES[name]?.({ short: flags.includes('--short') })) ?? []
process.send?.(groups, () => process.exit())
