import type { JobOutcome } from '@llpay/core/bulk'

import type { Gateway } from '../gateway.ts'
import type { Flight } from '../network.ts'
import type { Ended } from '../subject.ts'
import type { Actor, World } from '../world.ts'
import type { MarksStore } from './stores.ts'

/** A final outcome, as somebody outside heard it. */
export interface Report {
  /** Its place in the history. */
  readonly place: number
  readonly worker: string
  readonly no_agree: string
  readonly outcome: Exclude<JobOutcome['outcome'], 'retry'>
  /** The code of the error that is why. */
  readonly code: string | undefined
  /** The products that it says nothing is known about. */
  readonly undecided: readonly string[]
  /** Who heard it: a hook of the merchant's, the queue for its record, or a file of results. */
  readonly by: 'hook' | 'queue' | 'results'
}

interface Delivery {
  readonly worker: Actor
  readonly no_agree: string
  /** Where in the history it began. */
  readonly place: number
}

/** All that was reported in a history, and when each job was first begun. */
export class Reports {
  readonly all: Report[] = []
  readonly #world: World
  readonly #begun = new Map<string, number>()
  /** The deliveries in flight, oldest first. */
  #underWay: Delivery[] = []

  constructor(world: World) {
    this.#world = world
  }

  /** A worker begins a job; call what this gives when it has concluded. */
  begin(worker: Actor, no_agree: string): () => void {
    const delivery = { worker, no_agree, place: this.#world.place }
    if (!this.#begun.has(no_agree)) this.#begun.set(no_agree, delivery.place)
    this.#world.note(worker.name, `begins job ${no_agree}`)
    this.#underWay.push(delivery)
    return () => {
      this.#underWay = this.#underWay.filter((each) => each !== delivery)
    }
  }

  /** Whether a worker works on a job that had a final outcome when it began, and on no older delivery of it. */
  isDecided(worker: Actor, no_agree: string): boolean {
    const first = this.all.find((report) => report.no_agree === no_agree)
    const own = this.#underWay.find((each) => each.worker === worker && each.no_agree === no_agree)
    return first !== undefined && own !== undefined && first.place < own.place
  }

  /** Where in the history a job was first begun. */
  begunAt(no_agree: string): number {
    return this.#begun.get(no_agree) ?? 0
  }

  hear(worker: Actor, no_agree: string, verdict: JobOutcome, by: Report['by']): void {
    const { outcome } = verdict
    if (outcome === 'retry') return
    const code = 'code' in verdict ? verdict.code : undefined
    const undecided = 'undecided' in verdict ? verdict.undecided : []
    const { place } = this.#world
    this.all.push({ place, worker: worker.name, no_agree, outcome, code, undecided, by })
    const why = code === undefined ? '' : ` (${code})`
    this.#world.note(worker.name, `REPORTS ${no_agree} ${outcome}${why} to the ${by}`)
  }
}

/** What is known when a history is over. Only the gateway's memory says what is true. */
export interface Aftermath {
  readonly gateway: Gateway
  readonly reports: Reports
  /** What the queue dropped or still has. */
  readonly lost: readonly string[]
  /** What was wrong with a request at the moment when it was sent. */
  readonly badFlights: readonly { readonly rule: string; readonly problem: string }[]
  readonly isEndless: boolean
}

/** What must hold of every history. */
export interface Rule {
  readonly name: string
  readonly problems: (aftermath: Aftermath) => readonly string[]
}

const PRODUCTS = ['2', '3', 'D', 'P', 'M', 'F', 'N']

/** How often the gateway has unbound a card before a place in the history. */
const unboundBefore = ({ deeds }: Gateway, no_agree: string, before: number) =>
  deeds.filter(
    (deed) => deed.what === 'unbound' && deed.no_agree === no_agree && deed.place < before,
  ).length

/** The product under which a card was bound from one place of the history to another without a break. */
function boundThroughout(
  gateway: Gateway,
  { no_agree, undecided, place: to }: Report,
  from: number,
) {
  return PRODUCTS.filter((payType) => !undecided.includes(payType)).find((payType) => {
    const deeds = gateway.deeds.filter(
      (deed) => deed.no_agree === no_agree && deed.payType === payType,
    )
    const wasBound = deeds.filter(({ place }) => place < from).at(-1)?.what === 'bound'
    const stayed = deeds.every(({ place, what }) => place < from || place >= to || what === 'bound')
    return wasBound && stayed
  })
}

const tell = ({ worker, no_agree, outcome, by }: Report) =>
  `${worker} reports ${no_agree} ${outcome} to the ${by}`

const wasUnbound = ({ gateway }: Aftermath, report: Report) =>
  unboundBefore(gateway, report.no_agree, report.place) === 0
    ? undefined
    : `${tell(report)}, and a request of this job had unbound it`

/** Whether a request that had been sent before the report unbinds the card, be it later. */
const willBeUnbound = ({ gateway: { deeds } }: Aftermath, report: Report) =>
  deeds.some(
    ({ no_agree, sentAt = Infinity }) => no_agree === report.no_agree && sentAt < report.place,
  )
    ? `${tell(report)}, and a request sent before that unbinds it`
    : undefined

function isOverlooked({ gateway, reports }: Aftermath, report: Report): string | undefined {
  const payType = boundThroughout(gateway, report, reports.begunAt(report.no_agree))
  return payType === undefined
    ? undefined
    : `${tell(report)}, and it was bound under ${payType} all the time`
}

const about =
  (
    outcome: Report['outcome'],
    problem: (aftermath: Aftermath, report: Report) => string | undefined,
  ) =>
  (aftermath: Aftermath) =>
    aftermath.reports.all
      .filter((report) => report.outcome === outcome)
      .flatMap((report) => problem(aftermath, report) ?? [])

/** The code by which a job is refused because the card is bound for another product. */
const ELSEWHERE = 'ERR_AGREEMENT_ELSEWHERE'

const NAMES = {
  mark: 'nothing is sent without a mark',
  decided: 'nothing is sent for a job that was decided before',
  flight: 'one change of a card is in flight per worker, and no query beside it',
} as const

const flights = (rule: string): Rule => ({
  name: rule,
  problems: ({ badFlights }) =>
    badFlights.filter((each) => each.rule === rule).map(({ problem }) => problem),
})

/** The promises of the product for jobs in queues. */
const JOB_RULES: readonly Rule[] = [
  {
    name: 'no false unbound',
    problems: about('unbound', ({ gateway }, report) =>
      unboundBefore(gateway, report.no_agree, report.place) > 0
        ? undefined
        : `${tell(report)}, and nothing has unbound it`,
    ),
  },
  {
    name: 'no false not-bound: a request of this job has unbound it',
    problems: about('not-bound', wasUnbound),
  },
  {
    name: 'no false not-bound: it is bound',
    problems: about('not-bound', isOverlooked),
  },
  {
    name: 'no false refused',
    problems: about('refused', (aftermath, report) =>
      report.code === ELSEWHERE ? undefined : willBeUnbound(aftermath, report),
    ),
  },
  {
    name: 'bound elsewhere only where this job has unbound nothing',
    problems: about('refused', (aftermath, report) =>
      report.code === ELSEWHERE ? willBeUnbound(aftermath, report) : undefined,
    ),
  },
  {
    name: 'no final outcome is reported twice differently',
    problems: ({ reports }) =>
      reports.all.flatMap((report, index) => {
        const first = reports.all.find(({ no_agree }) => no_agree === report.no_agree)
        const isOther = first !== undefined && first.outcome !== report.outcome
        return isOther && reports.all.indexOf(first) < index
          ? [`${tell(report)}, after ${tell(first)}`]
          : []
      }),
  },
  { name: 'no job is lost', problems: ({ lost }) => lost },
  flights(NAMES.mark),
  flights(NAMES.decided),
  flights(NAMES.flight),
  {
    name: 'every history ends',
    problems: ({ isEndless }) => (isEndless ? ['it goes on and on'] : []),
  },
]

/** Checks a request at the moment when its bytes reach a socket. */
export function checkFlight(
  flight: Flight,
  all: readonly Flight[],
  marks: Pick<MarksStore, 'isSent'>,
  reports: Reports,
): { readonly rule: string; readonly problem: string }[] {
  const { number, worker, no_agree, asked } = flight
  const others = all.filter(
    (other) =>
      other !== flight &&
      other.isOpen &&
      other.worker.isAlive &&
      other.worker === worker &&
      other.no_agree === no_agree,
  )
  const isCrowded = others.some((other) => other.asked === 'change' || asked === 'change')
  const isUnmarked = asked === 'change' && !marks.isSent(no_agree)
  const isDecided = asked === 'change' && reports.isDecided(worker, no_agree)
  return [
    ...(isUnmarked ? [{ rule: NAMES.mark, problem: `request ${number} has no mark` }] : []),
    ...(isDecided
      ? [{ rule: NAMES.decided, problem: `request ${number} is sent for a decided job` }]
      : []),
    ...(isCrowded
      ? [{ rule: NAMES.flight, problem: `request ${number} is sent beside another` }]
      : []),
  ]
}

/** Compares what was reported in a history with what the gateway remembers. */
export function judge(past: Aftermath & { readonly world: World }): Ended {
  const breaches = JOB_RULES.flatMap(({ name: rule, problems }) =>
    problems(past).map((problem) => ({ rule, problem })),
  )
  return { world: past.world, breaches }
}
