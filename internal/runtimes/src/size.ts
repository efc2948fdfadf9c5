import { bundleWorker, type Chunk } from './bundle.ts'
import { unpackPackages } from './index.ts'

// How much the smallest Worker is, and that it holds nothing which it does not need: naming what may
// not be reached tells sooner and better than a limit does what grew.

/** What a Worker reads when it starts. Goal and way there: docs/decisions/0005. */
const LIMIT_BYTES = 14_000
const BIGGEST = 12
const ARITHMETIC = /\/backend\/bigint\/|^@noble\//
/** What waits for the first request. */
const LATER: Readonly<Record<string, RegExp>> = {
  'the arithmetic': ARITHMETIC,
  'what signs': /\/keys\/open-key|\/backend\/(?:probe|select-backend)/,
  'the canonical string': /\/signing\/canonical-string/,
  'what sends': /\/transport\/(?:ofetch-over|fetch-transport)|^ofetch\//,
  settlement: /\/client\/settle\//,
  'the list of cards': /\/apis\/card\/list/,
  'the reading of replies': /\/client\/read-reply|\/json\/read-json/,
  'the advice for return codes': /return-codes\/advice/,
}
const UNWANTED: Readonly<Record<string, RegExp>> = {
  'code for Node': /^@llpay\/node\/|^undici\/|^node-fetch|ofetch\/dist\/node/,
  'return-code texts': /return-codes\/texts/,
  'the diagnosis of messages': /\/diagnose\//,
  'descriptions of parameters': /api\/descriptions/,
  'the catalogue of endpoints': /apis\/catalogue|client\/create-client/,
  'calls that it does not make': /\/client\/(?:settle\/unbind-everywhere|list-every-product)/,
  'the sandbox': /^@llpay\/sandbox\//,
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const holds = ({ inputs }: Chunk, pattern: RegExp) =>
  [...inputs.keys()].some((path) => pattern.test(path))

const chunks = await bundleWorker(unpackPackages(['core', 'edge']))
const start = chunks.filter(({ atStart }) => atStart)
const arithmetic = chunks.filter((chunk) => holds(chunk, ARITHMETIC))
const usual = chunks.filter((chunk) => !arithmetic.includes(chunk))
const gzipped = sum(start.map((chunk) => chunk.gzipped))
const whole = sum(usual.map((chunk) => chunk.gzipped))

const noteOf = (chunk: Chunk) =>
  chunk.atStart ? 'at start' : arithmetic.includes(chunk) ? 'where nothing native works' : 'later'
for (const chunk of chunks) {
  const { name, bytes } = chunk
  console.log(`${name}: ${bytes} bytes, ${chunk.gzipped} gzipped (${noteOf(chunk)})`)
}
console.log(`the smallest Worker reads ${gzipped} bytes gzipped at start, limit ${LIMIT_BYTES};`)
console.log(`${whole} with all that its first request may load. The biggest inputs at start:`)
const biggest = start.flatMap((chunk) => [...chunk.inputs]).toSorted(([, a], [, b]) => b - a)
for (const [path, bytes] of biggest.slice(0, BIGGEST)) {
  console.log(`  ${String(bytes).padStart(6)} ${path}`)
}

const externals = chunks.flatMap((chunk) => chunk.externals)
const verdicts: [string, boolean][] = [
  [`at most ${LIMIT_BYTES} bytes gzipped at start`, start.length > 0 && gzipped <= LIMIT_BYTES],
  ...Object.entries(LATER).map(([name, pattern]): [string, boolean] => [
    `${name}: in the bundle, and not read at start`,
    chunks.some((chunk) => holds(chunk, pattern)) && !start.some((chunk) => holds(chunk, pattern)),
  ]),
  [
    'the chunk of the arithmetic holds nothing else',
    arithmetic.every((chunk) => [...chunk.inputs.keys()].every((path) => ARITHMETIC.test(path))),
  ],
  [`nothing is left to import (${externals.join(', ')})`, externals.length === 0],
  ...Object.entries(UNWANTED).map(([name, pattern]): [string, boolean] => [
    `does not reach ${name}`,
    !chunks.some((chunk) => holds(chunk, pattern)),
  ]),
]
for (const [name, good] of verdicts) console.log(`${good ? 'ok  ' : 'FAIL'} ${name}`)
const failed = verdicts.filter(([, good]) => !good).length
console.log(`size: ${verdicts.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
