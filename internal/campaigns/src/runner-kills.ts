import { parseArgs } from 'node:util'

import { report } from '../../checks/src/report.ts'
import type { CardTruth } from './gateway/protocol.ts'
import { startGateway } from './gateway/start-gateway.ts'
import { seeded } from './prng.ts'
import { planCard, type PlannedCard } from './runner-kills/plan-cards.ts'
import { runKilled } from './runner-kills/run-killed.ts'

// Usage: runner-kills.ts [--count 20000] [--kills 50] [--least 600] [--span 3000] [--seed 1]
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '50' },
    least: { type: 'string', default: '600' },
    span: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
  },
})
const [count, kills, seed] = [values.count, values.kills, values.seed].map(Number)
const SHOWN = 5
/** Of so many kills, most must have met a run: one that was over before proves nothing. */
const MET = 0.6

/** What is wrong with what was told of a card, held against what is true of it. */
const LIES: Readonly<Record<string, (outcome: string, truth: CardTruth) => boolean>> = {
  'unbound, and it is bound or never was': (outcome, { bound, unbound }) =>
    outcome === 'unbound' && (bound || unbound === 0),
  'not-bound, and it is bound or was unbound here': (outcome, { bound, unbound }) =>
    outcome === 'not-bound' && (bound || unbound > 0),
  'refused, and it was unbound': (outcome, { unbound }) => outcome === 'refused' && unbound > 0,
}

await using gateway = await startGateway()
const cards = Array.from({ length: count ?? 0 }, (_, number) => planCard(seed ?? 1, number))
await gateway.ask(
  '/open',
  cards.map(({ plan }) => plan),
)
const started = performance.now()
const told = await runKilled(gateway.url, cards, {
  kills: kills ?? 0,
  leastMs: Number(values.least),
  spanMs: Number(values.span),
  random: seeded(seed ?? 1),
})
const seconds = (performance.now() - started) / 1_000
const truths: Record<string, CardTruth> = JSON.parse(await gateway.ask('/truth'))

const outcomesOf = ({ no_agree }: PlannedCard) => told.results.get(no_agree) ?? []
const counted = new Map<string, number>()
for (const outcome of cards.flatMap(outcomesOf))
  counted.set(outcome, (counted.get(outcome) ?? 0) + 1)
console.log(
  `local runner: ${cards.length} jobs, ${told.killed} kills in ${told.runs} runs, ${seconds.toFixed(0)} s, last exit ${told.status}`,
)
for (const [outcome, times] of counted) console.log(`  ${outcome.padEnd(10)} ${times}`)

const name = (found: readonly PlannedCard[]) =>
  found.length === 0
    ? []
    : [
        `${found.length} cards`,
        ...found
          .slice(0, SHOWN)
          .map((card) =>
            JSON.stringify({ card, told: outcomesOf(card), truth: truths[card.no_agree] }),
          ),
      ]

await report('runner-kills', [
  {
    name: 'most kills met a run',
    ask: () => (told.killed >= (kills ?? 0) * MET ? [] : [`${told.killed} did`]),
  },
  {
    name: 'no card was lost',
    ask: () => name(cards.filter((card) => outcomesOf(card).length === 0)),
  },
  {
    name: 'no card was told twice',
    ask: () => name(cards.filter((card) => outcomesOf(card).length > 1)),
  },
  {
    name: 'nothing else was told',
    ask: () => (told.results.size <= cards.length ? [] : ['more cards than there are']),
  },
  {
    name: 'ledger and results agree card by card',
    ask: () =>
      name(
        cards.filter((card) => told.report.get(card.no_agree)?.join() !== outcomesOf(card).join()),
      ),
  },
  ...Object.entries(LIES).map(([lie, isLie]) => ({
    name: `none is told to be ${lie}`,
    ask: () =>
      name(
        cards.filter((card) => {
          const truth = truths[card.no_agree]
          return truth === undefined || outcomesOf(card).some((outcome) => isLie(outcome, truth))
        }),
      ),
  })),
])
