import { parseArgs } from 'node:util'

import { report } from '@internal/testkit/report'

import { runLoad } from './load/run-load.ts'

// Usage: node --expose-gc --max-semi-space-size=8 load.ts [--seconds 60] [--callers 64]
// V8 doubles its young generation when it is busy; with a fixed one, resident memory means something.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    callers: { type: 'string', default: '64' },
  },
})
/** By how many MiB each may be more in the end than after a tenth of the time. */
const MAX_GROWTH = { live: 8, resident: 64 } as const
const SHOWN = 5

const load = await runLoad(Number(values.callers), Number(values.seconds))
const { started, ended, wrong, early, late, booked } = load
console.log(
  `${values.callers} callers, ${load.seconds.toFixed(1)} s: ${ended} calls, ${Math.round(ended / load.seconds)}/s, ${started - ended} lost`,
)
for (const kind of ['live', 'resident'] as const) {
  console.log(
    `${kind} memory: ${early[kind].toFixed(0)} MiB after a tenth, ${late[kind].toFixed(0)} MiB in the end`,
  )
}
for (const { name, told, book } of booked) console.log(`  ${name}: ${told} told, ${book} booked`)

await report('load', [
  { name: 'no reply was lost', ask: () => (ended === started ? [] : [`${started - ended} were`]) },
  {
    name: 'every call ended as it should',
    ask: () => (wrong.length === 0 ? [] : [`${wrong.length} did not`, ...wrong.slice(0, SHOWN)]),
  },
  {
    name: "what was reported is what the gateway's book says",
    ask: () =>
      booked
        .filter(({ told, book }) => told !== book || told === 0)
        .map(({ name, told, book }) => `${name}: ${told} told, ${book} booked`),
  },
  ...(['live', 'resident'] as const).map((kind) => ({
    name: `${kind} memory grows by at most ${MAX_GROWTH[kind]} MiB`,
    ask: () => {
      const growth = late[kind] - early[kind]
      return growth <= MAX_GROWTH[kind] ? [] : [`it grew by ${growth.toFixed(1)} MiB`]
    },
  })),
])
