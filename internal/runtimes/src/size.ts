import { unpackPackages } from './packed/unpack-packages.ts'
import { bundleWorker, type Chunk } from './size/bundle-worker.ts'

// How much the smallest Worker is, and that it holds nothing which it does not need: naming what may
// not be reached tells sooner and better than a limit does what grew.

/** What a Worker reads when it starts. Goal and way there: docs/decisions/0005. */
const LIMIT_BYTES = 18_800
const BIGGEST = 12
const ARITHMETIC = /\/backend\/bigint\/|^@noble\//
/** What is loaded with the first request that is sent. */
const LATER = /\/transport\/ofetch-over/
const UNWANTED: Readonly<Record<string, RegExp>> = {
  'code for Node': /^@llpay\/node\/|^undici\/|^node-fetch|ofetch\/dist\/node/,
  'return-code texts': /return-codes\/texts/,
  'the catalogue of endpoints': /apis\/catalogue|client\/create-client/,
  'the sandbox': /^@llpay\/sandbox\//,
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const isArithmetic = ({ inputs }: Chunk) =>
  inputs.size > 0 && [...inputs.keys()].some((path) => ARITHMETIC.test(path))

const chunks = await bundleWorker(unpackPackages(['core', 'edge']))
const late = chunks.filter(isArithmetic)
const early = chunks.filter((chunk) => !isArithmetic(chunk))
const atStart = early.filter(({ inputs }) => ![...inputs.keys()].some((path) => LATER.test(path)))
const gzipped = sum(atStart.map((chunk) => chunk.gzipped))
const whole = sum(early.map((chunk) => chunk.gzipped))
const inputs = chunks.flatMap((chunk) => [...chunk.inputs])

for (const chunk of chunks) {
  const note = isArithmetic(chunk) ? ' (loaded only where nothing native works)' : ''
  console.log(`${chunk.name}: ${chunk.bytes} bytes, ${chunk.gzipped} gzipped${note}`)
}
console.log(`the smallest Worker reads ${gzipped} bytes gzipped at start, limit ${LIMIT_BYTES};`)
console.log(`${whole} with what it loads for its first request. The biggest inputs:`)
const biggest = early.flatMap((chunk) => [...chunk.inputs]).toSorted(([, a], [, b]) => b - a)
for (const [path, bytes] of biggest.slice(0, BIGGEST)) {
  console.log(`  ${String(bytes).padStart(6)} ${path}`)
}

const externals = chunks.flatMap((chunk) => chunk.externals)
const verdicts: [string, boolean][] = [
  [`at most ${LIMIT_BYTES} bytes gzipped at start`, gzipped <= LIMIT_BYTES],
  ['the arithmetic is a chunk of its own', late.length > 0 && early.length > 0],
  [
    'the chunk of the arithmetic holds nothing else',
    late.every((chunk) => [...chunk.inputs.keys()].every((path) => ARITHMETIC.test(path))),
  ],
  [`nothing is left to import (${externals.join(', ')})`, externals.length === 0],
  ...Object.entries(UNWANTED).map(([name, pattern]): [string, boolean] => [
    `does not reach ${name}`,
    !inputs.some(([path]) => pattern.test(path)),
  ]),
]
for (const [name, good] of verdicts) console.log(`${good ? 'ok  ' : 'FAIL'} ${name}`)
const failed = verdicts.filter(([, good]) => !good).length
console.log(`size: ${verdicts.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
