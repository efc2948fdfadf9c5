// Usage: kills.ts [--short] [--count N] [--kills N] [--seed 1] [--only NAME]
import { parseArgs } from 'node:util'

import { report, type Question, type Skipped } from '@internal/testkit/report'

import { runReceiver } from './kills/notifications/run-receiver.ts'
import { type Finding, type KillRun, runKills } from './kills/run-kills.ts'
import type { Told } from './kills/subject.ts'
import { bullmq, pgBoss, runner } from './kills/subjects.ts'

const last = ({ told }: Finding): Told['outcome'] | undefined => told.at(-1)?.outcome

/** What must be true of no card, with the column of the table that counts it. */
interface Fault {
  readonly column: string
  readonly name: string
  readonly has: (finding: Finding) => boolean
}

const words = (all: readonly Told[]) => all.map(({ outcome }) => outcome).join()

/** What hooks reported more than once: a kill came before the queue knew. */
const toldAgain = ({ hooked }: Finding): boolean => hooked.length > 1

/** What a hook received and the queue does not keep. */
const toldOtherwise = (finding: Finding): boolean =>
  finding.hooked.some(({ outcome }) => outcome !== last(finding))

/** What a kill campaign looks for. */
const FAULTS: readonly Fault[] = [
  {
    column: '  and otherwise',
    name: 'no hook is reported another final outcome than the queue keeps',
    has: toldOtherwise,
  },
  {
    column: 'lost',
    name: 'every card has a final outcome',
    has: ({ told }) => told.length === 0 || told.some(({ outcome }) => outcome === null),
  },
  {
    column: 'reported twice',
    name: 'no card has two final outcomes',
    has: ({ told }) => told.length > 1,
  },
  {
    column: 'false successes',
    name: 'what is reported unbound is unbound, and by this job',
    has: (finding) =>
      last(finding) === 'unbound' && (finding.truth.bound || finding.truth.unbound !== 1),
  },
  {
    column: 'false denials',
    name: 'what is reported refused or not bound was not unbound by this job',
    has: (finding) =>
      ['refused', 'not-bound'].includes(last(finding) ?? '') && finding.truth.unbound > 0,
  },
  {
    column: 'overlooked',
    name: 'what is reported not bound is not bound',
    has: (finding) => last(finding) === 'not-bound' && finding.truth.bound,
  },
  {
    column: 'unmarked',
    name: 'nothing was sent without a mark',
    has: ({ truth, isMarked }) => truth.arrived.change > 0 && !isMarked,
  },
  {
    column: 'disagreeing',
    name: 'what was reported is what is on record, where the subject keeps a record besides',
    has: ({ told, recorded }) => recorded !== undefined && words(told) !== words(recorded),
  },
]

const OUTCOMES = ['unbound', 'not-bound', 'refused', 'unknown'] as const

const withOutcome = (findings: readonly Finding[], outcome: string) =>
  findings.filter(({ told }) => told.at(-1)?.outcome === outcome).length

const retriesOf = (findings: readonly Finding[]) =>
  findings.reduce((sum, { told }) => sum + Math.max(0, (told.at(-1)?.starts ?? 1) - 1), 0)

function rowsOf({ findings, kills, restarts, seconds }: KillRun): [string, string | number][] {
  return [
    ['jobs', findings.length],
    ['kills', kills],
    ['stopped by itself', restarts],
    ['seconds', seconds.toFixed(1)],
    ...OUTCOMES.map((outcome): [string, number] => [outcome, withOutcome(findings, outcome)]),
    ['retries', retriesOf(findings)],
    ['hook told again', findings.filter(toldAgain).length],
    ...FAULTS.map(({ column, has }): [string, number] => [column, findings.filter(has).length]),
  ]
}

const LEGEND = `
  reported twice: a card with two final outcomes in what the subject keeps (a queue keeps one result for
  each job id). A hook is at least once: "hook reported again" counts the cards for which a kill came after
  the hook and before the queue, so that a later delivery reported the hook again; "and otherwise", those
  for which a hook was reported another outcome than the queue keeps, such as refused first and unbound in
  the end: there must be none. What the queue keeps is compared with the gateway. Retries: deliveries after the first, where
  the subject counts them. Stopped by itself: a forged reply, or a refusal of the merchant, ends a run of
  the command line; it is started again. Disagreeing: results and ledger say another thing of a card.`

const FIRST = 20
const WIDTH = 22

function printLine(first: string, cells: readonly (string | number)[]): void {
  const rest = cells.map((cell) => String(cell).padStart(WIDTH))
  console.log(`  ${first.padEnd(FIRST)}${rest.join('')}`)
}

/** Prints what the subjects came to, side by side. */
function printKills(runs: readonly KillRun[]): void {
  printLine(
    '',
    runs.map(({ name }) => name),
  )
  const columns = runs.map(rowsOf)
  for (const [index, [name]] of (columns[0] ?? []).entries()) {
    printLine(
      name,
      columns.map((rows) => rows[index]?.[1] ?? ''),
    )
  }
  console.log(LEGEND)
}

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    count: { type: 'string' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const SUBJECTS = [runner, bullmq, pgBoss]
const SHOWN = 5

const describe = ({ drawn, ...found }: Finding) =>
  JSON.stringify({ kind: drawn.kind, ...drawn.params, ...found })

function questionsOf({ name, findings, planned, kills, isFinished }: KillRun): Question[] {
  return [
    {
      name: `${name}: all jobs came to an end, through ${planned} kills`,
      ask: () => [
        ...(isFinished ? [] : ['they did not']),
        ...(kills === planned ? [] : [`only ${kills} kills met a worker`]),
      ],
    },
    ...FAULTS.map((fault) => ({
      name: `${name}: ${fault.name}`,
      ask: () => {
        const found = findings.filter(fault.has)
        return found.length === 0
          ? []
          : [`${found.length} cards`, ...found.slice(0, SHOWN).map(describe)]
      },
    })),
  ]
}

const runs: KillRun[] = []
const skipped: Skipped[] = []
for (const subject of SUBJECTS.filter(({ name }) => name.includes(values.only))) {
  const form = values.short ? subject.short : subject.full
  const size = {
    count: Number(values.count ?? form.count),
    kills: Number(values.kills ?? form.kills),
  }
  const run = await runKills(subject, size, Number(values.seed))
  if (run === undefined) skipped.push({ name: subject.name, why: 'its server is not installed' })
  else runs.push(run)
}
const questions = runs.flatMap(questionsOf)
for (const name of ['Redis', 'PostgreSQL'] as const) {
  if (!`notifications, ${name}`.includes(values.only)) continue
  const form = values.short ? { count: 300, kills: 4 } : { count: 5000, kills: 20 }
  const size = {
    count: Number(values.count ?? form.count),
    kills: Number(values.kills ?? form.kills),
  }
  const asked = await runReceiver(name, size, Number(values.seed))
  if (asked === undefined) {
    skipped.push({ name: `notifications, ${name}`, why: 'its server is not installed' })
  } else questions.push(...asked)
}
if (runs.length > 0) printKills(runs)
await report('kills', questions, skipped)
