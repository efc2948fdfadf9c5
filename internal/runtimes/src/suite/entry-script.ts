import { runSuite } from './run-suite.ts'

Object.assign(globalThis, { runSuite })
