import type { Question } from '@internal/testkit/report'
import type { SentMarks } from '@llpay/core/bulk'

/** How many jobs two workers fight for. */
const FIGHTS = 40
const OUTCOME = '{"outcome":"refused","code":"ERR_REJECTED"}'

/** The tables of earlier versions, with one job each that was sent, and one that has ended. */
export const EARLIER_TABLES = [
  'create table llpay_job (job_id text primary key, sent_at timestamptz, outcome text, decided_at timestamptz)',
  "insert into llpay_job (job_id, sent_at) values ('earlier-marked', current_timestamp)",
  `insert into llpay_job (job_id, outcome, decided_at) values ('earlier-ended', '${OUTCOME}', current_timestamp)`,
  'create table llpay_sent (job_id text primary key, sent_at timestamptz not null)',
  "insert into llpay_sent (job_id, sent_at) values ('earlier-sent', current_timestamp)",
]

/** What Redis holds of the same jobs. */
export const EARLIER_KEYS = [
  ['llpay:sent:earlier-marked', '\n1\n'],
  ['llpay:sent:earlier-ended', `\no${OUTCOME}\n`],
  ['llpay:sent:earlier-sent', '1'],
] as const

/** Does one step after another, and tells which gave something else than it should. */
async function steps(all: readonly (readonly [() => Promise<unknown>, unknown])[]) {
  const problems: string[] = []
  for (const [place, [step, expected]] of all.entries()) {
    const found = await step()
    if (found !== expected) problems.push(`step ${place + 1} gave ${String(found)}`)
  }
  return problems
}

/** Lets a worker send a job while another one ends it for a count: exactly one must give way. */
async function fight(marks: SentMarks, number: number): Promise<readonly string[]> {
  const job = `fight-${number}`
  const before = number % 3
  for (let count = 0; count < before; count += 1) await marks.add(job)
  const add = () => marks.add(job)
  const keep = () => marks.keepOutcome(job, OUTCOME, before)
  const [sent, kept] = await Promise.all(
    number % 2 === 0 ? [add(), keep()] : [keep(), add()].toReversed(),
  )
  const isSent = sent === before + 1 && kept === undefined
  const isEnded = sent === false && kept === OUTCOME
  return isSent || isEnded ? [] : [`add gave ${String(sent)}, keepOutcome ${String(kept)}`]
}

const questionsOf = (name: string, marks: SentMarks): readonly Question[] => [
  {
    name: `${name}: the marks count requests until the job has ended`,
    ask: () =>
      steps([
        [() => marks.has('a'), false],
        [() => marks.outcomeOf('a'), undefined],
        [() => marks.add('a'), 1],
        [() => marks.add('a'), 2],
        [() => marks.has('a'), true],
        [() => marks.keepOutcome('a', OUTCOME), OUTCOME],
        [() => marks.keepOutcome('a', '{}'), OUTCOME],
        [() => marks.add('a'), false],
        [() => marks.outcomeOf('a'), OUTCOME],
      ]),
  },
  {
    name: `${name}: the marks keep an outcome for a count only while it is that one`,
    ask: () =>
      steps([
        [() => marks.keepOutcome('b', OUTCOME, 1), undefined],
        [() => marks.add('b'), 1],
        [() => marks.keepOutcome('b', OUTCOME, 0), undefined],
        [() => marks.keepOutcome('b', OUTCOME, 2), undefined],
        [() => marks.outcomeOf('b'), undefined],
        [() => marks.keepOutcome('b', OUTCOME, 1), OUTCOME],
        [() => marks.keepOutcome('c', OUTCOME, 0), OUTCOME],
        [() => marks.add('c'), false],
        [() => marks.has('c'), false],
      ]),
  },
  {
    name: `${name}: of a worker that sends and one that ends the job, one gives way`,
    ask: async () => {
      const fights = Array.from({ length: FIGHTS }, (_, number) => fight(marks, number))
      return (await Promise.all(fights)).flat()
    },
  },
  {
    name: `${name}: the marks of earlier versions are taken over`,
    ask: () =>
      steps([
        [() => marks.has('earlier-sent'), true],
        [() => marks.keepOutcome('earlier-sent', OUTCOME, 0), undefined],
        [() => marks.add('earlier-sent'), 2],
        [() => marks.add('earlier-marked'), 2],
        [() => marks.has('earlier-ended'), false],
        [() => marks.add('earlier-ended'), false],
        [() => marks.outcomeOf('earlier-ended'), OUTCOME],
      ]),
  },
]

/** Asks whether a store counts requests and keeps outcomes as the processor relies on it. */
export async function askMarks(name: string, marks: SentMarks): Promise<readonly Question[]> {
  const asked: Question[] = []
  for (const question of questionsOf(name, marks)) {
    const problems = await question.ask()
    asked.push({ name: question.name, ask: () => problems })
  }
  return asked
}
