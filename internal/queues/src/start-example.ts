import { runExample, RUNS } from './examples/run.ts'

// Usage: start-example.ts bullmq|cloudflare|pg-boss|postgres
const [name = ''] = process.argv.slice(2)
const example = RUNS[name]
if (example === undefined) throw new Error(`name one of ${Object.keys(RUNS).join(', ')}`)
const isWell = await runExample(example, console.log)
if (isWell === undefined) console.error(`${name} was not run: its server is not installed.`)
process.exitCode = isWell === true ? 0 : 1
