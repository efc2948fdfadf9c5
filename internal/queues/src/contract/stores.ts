import type { Question } from '@internal/testkit/report'
import type { SentMarks } from '@llpay/core/bulk'
import type { SeenStore } from '@llpay/core/notifications'

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

/** How many receivers fight for one notification. */
const RECEIVERS = 20
/** A lease that ends by itself long after the suite. */
const LONG_MS = 1e9
/** Keys as they come, and with what a store could take for syntax of its own. */
const KEYS = [
  'payment:201304121000001004:2024050100000001:SUCCESS',
  "refund:1:'; drop table llpay_seen; --::2",
  'bind:1:%25 \u4e2d done:SUCCESS',
  `payout:1:${'9'.repeat(200)}:CANCEL`,
]

async function claimToken(seen: SeenStore, key: string, leaseMs: number): Promise<string> {
  const claim = await seen.claim(key, leaseMs)
  return claim.status === 'new' ? claim.token : `not new, but ${claim.status}`
}

/** Claims once the lease of another has ended; how long that takes does not matter. */
async function claimAfterLease(seen: SeenStore, key: string): Promise<string> {
  for (;;) {
    const claim = await seen.claim(key, LONG_MS)
    if (claim.status === 'new') return claim.token
    if (claim.status === 'done') return 'done'
  }
}

const statusOf = async (seen: SeenStore, key: string) => (await seen.claim(key, LONG_MS)).status

/** The problems of a list of facts, each what was found and what should be. */
const problemsOf = (facts: readonly (readonly [string, unknown, unknown])[]): string[] =>
  facts
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => `${what}: ${String(found)}, not ${String(expected)}`)

async function askOnce(seen: SeenStore, key: string): Promise<string[]> {
  const token = await claimToken(seen, key, LONG_MS)
  return problemsOf([
    ['a second claim', await statusOf(seen, key), 'busy'],
    ['done by a stranger', await seen.done(key, 'stranger'), false],
    ['done of what nobody claimed', await seen.done(`${key}-other`, token), false],
    ['done', await seen.done(key, token), true],
    ['a claim behind it', await statusOf(seen, key), 'done'],
    ['done again', await seen.done(key, token), false],
    ['a release behind it', await seen.release(key, token), undefined],
    ['a claim behind that', await statusOf(seen, key), 'done'],
  ])
}

async function askRelease(seen: SeenStore): Promise<string[]> {
  const key = 'released'
  const token = await claimToken(seen, key, LONG_MS)
  await seen.release(key, 'stranger')
  const isBusy = await statusOf(seen, key)
  await seen.release(key, token)
  const again = await claimToken(seen, key, LONG_MS)
  return problemsOf([
    ['a claim behind the release of a stranger', isBusy, 'busy'],
    ['a new token', again !== token && !again.startsWith('not new'), true],
    ['done with the old token', await seen.done(key, token), false],
    ['done with the new one', await seen.done(key, again), true],
  ])
}

async function askLease(seen: SeenStore): Promise<string[]> {
  const key = 'leased'
  const old = await claimToken(seen, key, 1)
  const token = await claimAfterLease(seen, key)
  await seen.release(key, old)
  return problemsOf([
    ['a new token', token !== old, true],
    ['a claim behind the release of the old token', await statusOf(seen, key), 'busy'],
    ['done with the old token', await seen.done(key, old), false],
    ['done with the new one', await seen.done(key, token), true],
  ])
}

/** How many of twenty receivers win a notification that all claim at once. */
async function countWinners(seen: SeenStore, key: string): Promise<number> {
  const receivers = Array.from({ length: RECEIVERS }, () => seen.claim(key, LONG_MS))
  return (await Promise.all(receivers)).filter(({ status }) => status === 'new').length
}

async function askFight(seen: SeenStore): Promise<string[]> {
  const first = await countWinners(seen, 'fought for')
  const token = await claimToken(seen, 'fought for again', LONG_MS)
  await seen.release('fought for again', token)
  const later = await countWinners(seen, 'fought for again')
  return problemsOf([
    ['receivers that won', first, 1],
    ['receivers that won what was given back', later, 1],
  ])
}

/** Asks whether a store remembers notifications as a handler relies on it. */
export async function askSeen(name: string, seen: SeenStore): Promise<readonly Question[]> {
  const problems = {
    'a notification is claimed once, and done for ever': (
      await Promise.all(KEYS.map((key) => askOnce(seen, key)))
    ).flat(),
    'a claim is given back only by its own token': await askRelease(seen),
    'behind its lease a claim is worth nothing to its first receiver': await askLease(seen),
    'of twenty receivers one wins': await askFight(seen),
  }
  return Object.entries(problems).map(([what, found]) => ({
    name: `${name}, notifications: ${what}`,
    ask: () => found,
  }))
}
