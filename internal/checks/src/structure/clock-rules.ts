import type { SourceFile } from './source-file.ts'

/** The shortest limit of a single test: below it a busy machine decides what passes. */
const SAFETY_NET_MS = 120_000

interface Use {
  readonly what: string
  readonly pattern: RegExp
  readonly instead: string
}

const EVENT = 'await an event, or give the code under test a clock'

/** What lets the speed of a machine decide, and what to write in its place. */
const USES: readonly Use[] = [
  {
    what: 'a pause',
    pattern: /(?<!['"`\w])set(?:Timeout|Interval)\b(?!['"`])|\bset(?:Timeout|Interval)\(/g,
    instead: EVENT,
  },
  {
    what: 'a pause',
    pattern: /\bAtomics\.wait\(|\bscheduler\.wait\(|\bsleep \d{1,2}(?:\.\d+)?\b/g,
    instead: EVENT,
  },
  {
    what: 'a poll with a limit',
    pattern: /\bvi\.wait(?:For|Until)\(|\bexpect\.poll\(/g,
    instead: EVENT,
  },
  {
    what: 'a deadline',
    pattern: /\bAbortSignal\.timeout\(/g,
    instead: 'abort a controller on an event',
  },
  {
    what: 'the time of the machine',
    pattern: /\b(?:performance|Date)\.now\(|\bprocess\.(?:hrtime|uptime)\b/g,
    instead: 'assert an order of events or an error, not a duration',
  },
]

/** A limit of one test or hook: the last argument, or an option. */
const LIMITS =
  /^\s*\},? (?<last>[\d_]+),?\)$|\b(?:testTimeout|hookTimeout|timeout): (?<option>[\d_]+)\b/gm

const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*).*$/gm

/** Finds what makes the outcome of a test depend on how fast the machine is. */
export function findClockUses(text: string): string[] {
  const code = text.replaceAll(COMMENT_LINE, '')
  const limits = Array.from(code.matchAll(LIMITS), ({ groups = {} }) =>
    Number((groups['last'] ?? groups['option'] ?? '').replaceAll('_', '')),
  )
  return [
    ...USES.flatMap(({ what, pattern, instead }) =>
      Array.from(code.matchAll(pattern), ([found]) => `has ${what}, ${found}: ${instead}`),
    ),
    ...limits
      .filter((limit) => limit > 0 && limit < SAFETY_NET_MS)
      .map((limit) => `limits a test to ${limit} ms: vitest.config.ts has the safety net`),
  ]
}

const CHECKS = /^(?:internal\/(?!reference\/)[^/]+|bench)\/src\//

/** Whether a file decides whether checks pass: a test, or what is run by the checks. */
export const isJudging = ({ path, test }: Pick<SourceFile, 'path' | 'test'>): boolean =>
  test || CHECKS.test(path)

/** Files, or folders, that may look at the clock, each with its reason. No reason is that an outcome needs it. */
const CLOCK_USERS: Readonly<Record<string, string>> = {
  'bench/src/benches/': 'what it takes is what they measure; bounds are ratios',
  'bench/src/scale/run-bulk.ts': 'measures a run, and looks at its memory now and then',
  'internal/campaigns/src/faults/run-campaign.ts': 'prints how long it took',
  'internal/campaigns/src/gateway/listener.ts': 'is away for a moment: that is the fault',
  'internal/campaigns/src/gateway/main.ts': 'looks now and then whether it is idle',
  'internal/campaigns/src/kills/run-kills.ts': 'kills at random moments; prints how long it took',
  'internal/campaigns/src/load.ts': 'puts on load for as long as it is asked to',
  'internal/checks/src/gate/run-command.ts': 'ends what hangs',
  'internal/checks/src/gate/run-gate.ts': 'prints how long a step took',
  'internal/checks/src/stress.ts': 'prints how long it took',
  'internal/checks/src/structure/rules.test.ts': 'plants what must be found',
  'internal/queues/src/contract/gateway.ts': 'notes when a queue delivers: never before its delay',
  'internal/queues/src/contract.ts': 'queues tell no one when a job has ended',
  'internal/queues/src/examples.ts': 'queues tell no one when a job has ended',
  'internal/runtimes/src/suite/run-suite.ts': 'a platform tells no one when a connection is free',
  'internal/runtimes/src/run.ts': 'prints how long it took',
  'internal/runtimes/src/runtimes.ts': 'ends what hangs',
  'internal/runtimes/src/start-workerd.ts': 'ends what hangs',
  'internal/testkit/src/clocks.ts': 'is a clock',
}

const covers = (place: string, path: string) =>
  place.endsWith('/') ? path.startsWith(place) : path === place

/** Names the tests, and what else decides whether checks pass, that let the clock decide. */
export function checkClocks(sources: readonly SourceFile[]): string[] {
  const found = sources
    .filter(isJudging)
    .map(({ path, text }) => ({ path, uses: findClockUses(text) }))
    .filter(({ uses }) => uses.length > 0)
  const allowed = Object.keys(CLOCK_USERS)
  return [
    ...found
      .filter(({ path }) => !allowed.some((place) => covers(place, path)))
      .flatMap(({ path, uses }) => uses.map((use) => `${path} ${use}`)),
    ...allowed
      .filter((place) => !found.some(({ path }) => covers(place, path)))
      .map((place) => `${place} may look at the clock, and does not`),
  ]
}
