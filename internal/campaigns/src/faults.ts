// Usage: faults.ts [--count 10000] [--concurrency 32] [--seed 1] [--settle auto|always]
import { parseArgs } from 'node:util'

import { report, type Question } from '@internal/testkit/report'

import { CHANGE_FAULTS, LIST_FAULTS, REFUSED } from './faults/cases.ts'
import { EXCUSES, isUnknown, RULES } from './faults/rules.ts'
import {
  REPORTED,
  type Campaign,
  type Finding,
  runCampaign,
  type Mode,
} from './faults/run-campaign.ts'

const COLUMNS: readonly (readonly [string, (finding: Finding) => boolean])[] = [
  ['bound', ({ truth }) => truth.bound],
  ['unbound by it', ({ truth }) => !truth.bound && truth.unbound > 0],
  ['never bound', ({ truth }) => !truth.bound && truth.unbound === 0],
  ['all', () => true],
]

const FIRST_WIDTH = 26
const WIDTH = 15

function printRow(first: string, cells: readonly (string | number)[]): void {
  const rest = cells.map((cell) => String(cell).padStart(WIDTH))
  console.log(`  ${first.padEnd(FIRST_WIDTH)}${rest.join('')}`)
}

/** Counts the unknown outcomes by the first reason that applies. */
function printExcuses(findings: readonly Finding[]): void {
  const counts = EXCUSES.map(
    ([name], index) =>
      `${name} ${findings.filter((each) => EXCUSES.findIndex(([, applies]) => applies(each)) === index).length}`,
  )
  console.log(`  unknown because: ${counts.join(', ')}`)
}

/** Prints what was reported against what is true. */
function printTable({ mode, findings, seconds }: Campaign): void {
  const rate = Math.round(findings.length / seconds)
  console.log(`\nsettle ${mode}: ${findings.length} unbinds in ${seconds.toFixed(1)} s (${rate}/s)`)
  printRow(
    'reported x true state',
    COLUMNS.map(([name]) => name),
  )
  for (const reported of REPORTED) {
    const found = findings.filter((finding) => finding.reported === reported)
    if (found.length === 0) continue
    printRow(
      reported,
      COLUMNS.map(([, holds]) => found.filter(holds).length),
    )
  }
  if (mode === 'always') printExcuses(findings.filter(isUnknown))
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    settle: { type: 'string' },
  },
})
const size = {
  count: Number(values.count),
  concurrency: Number(values.concurrency),
  seed: Number(values.seed),
}
const MODES: readonly Mode[] = ['auto', 'always']
const SHOWN = 5
/** From this many cases on, every fault must have been drawn. */
const ENOUGH = 400

const describe = ({ drawn, reported, trace, truth }: Finding) =>
  JSON.stringify({
    reported,
    kind: drawn.kind,
    ...drawn.params,
    refused: drawn.refused,
    trace,
    truth,
  })

/** Names the faults that no request met: a campaign that drew too little proves too little. */
function missing({ findings }: Campaign): string[] {
  const drawn = new Set(
    findings.flatMap(({ drawn: { plan, refused } }) => [
      ...Object.values(plan.plays).flat(),
      ...(refused.change > 0 ? [REFUSED] : []),
    ]),
  )
  return [...CHANGE_FAULTS, ...LIST_FAULTS]
    .map(({ scenario }) => scenario)
    .filter((scenario) => !drawn.has(scenario))
}

function questionsOf(campaign: Campaign): Question[] {
  const { mode, findings } = campaign
  const rules = RULES.filter(({ modes }) => modes.includes(mode)).map(({ name, holds }) => ({
    name: `${mode}: ${name}`,
    ask: () => {
      const offending = findings.filter((finding) => !holds(finding))
      if (offending.length === 0) return []
      return [`${offending.length} cards`, ...offending.slice(0, SHOWN).map(describe)]
    },
  }))
  return [
    ...rules,
    {
      name: `${mode}: every card has a report`,
      ask: () => (findings.length === size.count ? [] : [`only ${findings.length} have one`]),
    },
    {
      name: `${mode}: every fault was drawn`,
      ask: () => (size.count < ENOUGH ? [] : missing(campaign)),
    },
  ]
}

const campaigns: Campaign[] = []
for (const mode of MODES.filter((each) => (values.settle ?? each) === each)) {
  const campaign = await runCampaign(mode, size)
  printTable(campaign)
  campaigns.push(campaign)
}
console.log('')
await report('faults', campaigns.flatMap(questionsOf))
