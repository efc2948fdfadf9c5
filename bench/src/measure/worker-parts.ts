import type { Chunk } from '@internal/runtimes/bundle'

/** What the files of a Worker are for, by their paths; the first that fits. */
const PARTS: readonly (readonly [part: string, pattern: RegExp])[] = [
  ['BigInt arithmetic, where nothing native works', /bigint\/|^@noble\//],
  ['ofetch and what it needs', /^(?:ofetch|ufo|destr|node-fetch-native)\//],
  ['settlement and the list of cards', /client\/settle\/|apis\/card\/list/],
  ['a backend: choosing it, signing, verifying', /edge\/dist\/(?:backend\/|keys\/open-key)/],
  ['reading keys in every container', /\/keys\//],
  ['return codes and their advice', /return-codes\//],
  ['replies: strict JSON, signature, fields', /json\/|signing\/|read-reply/],
  [
    'checking the configuration',
    /client\/(?:config|base-url|check-keys|clock)\.|edge\/dist\/config/,
  ],
  ['definition and checks of parameters', /\/api\/|\/apis\//],
  ['classes of errors', /\/errors\//],
  ['sending: deadline, retries, failures', /client\/|transport/],
]

const partOf = (path: string) => PARTS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'the rest'

/** What each part of a bundle takes: its share of the compressed chunks that it is in, in bytes. */
export function partsOf(chunks: readonly Chunk[]): ReadonlyMap<string, number> {
  const parts = new Map<string, number>()
  for (const { inputs, gzipped } of chunks) {
    const whole = [...inputs.values()].reduce((total, bytes) => total + bytes, 0)
    for (const [path, bytes] of inputs) {
      const part = partOf(path)
      parts.set(part, (parts.get(part) ?? 0) + (bytes / whole) * gzipped)
    }
  }
  return new Map([...parts].toSorted(([, one], [, other]) => other - one))
}
