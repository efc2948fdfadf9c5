import type { Finding } from './run-kills.ts'
import type { Told } from './subject.ts'

const last = ({ told }: Finding): Told['outcome'] | undefined => told.at(-1)?.outcome

/** What must be true of no card, with the column of the table that counts it. */
export interface Fault {
  readonly column: string
  readonly name: string
  readonly has: (finding: Finding) => boolean
}

const words = (all: readonly Told[]) => all.map(({ outcome }) => outcome).join()

/** What hooks reported more than once: a kill came before the queue knew. */
export const toldAgain = ({ hooked }: Finding): boolean => hooked.length > 1

/** What a hook received and the queue does not keep. */
const toldOtherwise = (finding: Finding): boolean =>
  finding.hooked.some(({ outcome }) => outcome !== last(finding))

/** What a kill campaign looks for. */
export const FAULTS: readonly Fault[] = [
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
