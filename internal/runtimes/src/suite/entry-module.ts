import { runSuite } from './run-suite.ts'

console.log(JSON.stringify(await runSuite()))
