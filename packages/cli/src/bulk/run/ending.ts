import type { Delivered } from '@llpay/core'

import { EXIT } from '../../program/exit-code.ts'
import { countOf, type StopReason, type Tally } from './tally.ts'

/** How a run ended: its exit status, and the error that reports it in JSON. */
export interface RunEnding {
  readonly status: number
  readonly name: string
  readonly code: string
  readonly delivered: Delivered
  readonly message: string
  /** The next step. */
  readonly hint?: string | undefined
}

interface Rule extends RunEnding {
  readonly applies: (tally: Tally, allowNotBound: boolean) => boolean
}

const stoppedBy =
  (...reasons: StopReason[]) =>
  ({ stop }: Tally) =>
    stop !== undefined && reasons.includes(stop)

/** The endings, the worst first; the code of what stopped the run takes the place of a rule's own. */
const RULES: readonly Rule[] = [
  {
    applies: stoppedBy('untrusted'),
    status: EXIT.untrusted,
    name: 'SignatureError',
    code: 'ERR_SIGNATURE_INVALID',
    delivered: 'unknown',
    message:
      'A reply cannot be trusted, and the run was stopped: a key is wrong, or the reply is forged.',
    hint: 'Find out which (llpay doctor, llpay verify --explain) before you run it again.',
  },
  {
    applies: (tally) => countOf(tally, 'unknown') > 0 || tally.inDoubt > 0,
    status: EXIT.unknown,
    name: 'UnknownOutcomeError',
    code: 'ERR_OUTCOME_UNKNOWN',
    delivered: 'unknown',
    message: 'Nothing proves what became of some cards.',
    hint: "Query them with llpay card list. The same command with --again unknown settles them by LianLian's list and resends nothing blindly.",
  },
  {
    applies: ({ failure }) => failure !== undefined,
    status: EXIT.usage,
    name: 'ConfigError',
    code: 'ERR_CONFIG_INVALID',
    delivered: 'no',
    message: 'The run was stopped.',
    hint: 'Run the same command again to resume.',
  },
  {
    applies: stoppedBy('setup'),
    status: EXIT.usage,
    name: 'ConfigError',
    code: 'ERR_CONFIG_INVALID',
    delivered: 'no',
    message: 'No request can be made with this configuration: a key or a setting is wrong.',
    hint: 'llpay doctor says which. Fix it, and run the same command again.',
  },
  {
    applies: stoppedBy('merchant'),
    status: EXIT.refused,
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    delivered: 'no',
    message: 'LianLian refuses the merchant, not the card, and the run was stopped.',
    hint: 'llpay code explains the return code. Fix it, and run the same command again.',
  },
  {
    applies: (tally) => countOf(tally, 'refused') > 0,
    status: EXIT.refused,
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    delivered: 'no',
    message: 'Some cards were refused.',
    hint: 'The results name them and say why. The same command with --again refused retries them.',
  },
  {
    applies: (tally, allowNotBound) =>
      allowNotBound ? tally.undecided > 0 : countOf(tally, 'not-bound') > 0,
    status: EXIT.refused,
    name: 'NotBoundError',
    code: 'ERR_NOT_BOUND',
    delivered: 'no',
    message:
      'Some cards were not bound, so nothing was sent for them: they were unbound before, or user_id, no_agree or platform is wrong.',
    hint: 'Check the cards that the results call not-bound. --allow-not-bound accepts them, unless a product could not be queried.',
  },
  {
    applies: stoppedBy('interrupted', 'reader-left'),
    status: EXIT.interrupted,
    name: 'TransportError',
    code: 'ERR_TRANSPORT_ABORTED',
    delivered: 'no',
    message: 'The run was interrupted.',
    hint: 'Run the same command again to resume.',
  },
  {
    applies: ({ left }) => left > 0,
    status: EXIT.notDelivered,
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
    message:
      'Some cards are left: LianLian could not be reached for them, or said nothing certain before anything was sent.',
    hint: 'Run the same command again to resume.',
  },
]

/**
 * How a run ended, by the worst that became of a card; `undefined` where every card was unbound, or was
 * not bound and that is accepted.
 */
export function endingOf(tally: Tally, allowNotBound: boolean): RunEnding | undefined {
  const rule = RULES.find(({ applies }) => applies(tally, allowNotBound))
  if (rule === undefined) return undefined
  const { applies: _, ...ending } = rule
  const { failure, outcomes, stopCode } = tally
  if (failure !== undefined && ending.status === EXIT.usage) {
    const { code, message, hint } = failure
    return { ...ending, code, message, hint, delivered: outcomes.unbound > 0 ? 'unknown' : 'no' }
  }
  if (ending.code === 'ERR_REJECTED' && tally.refusedAfterSending > 0) {
    return { ...ending, delivered: 'yes' }
  }
  const hasOwnCode = ending.status === EXIT.untrusted || ending.status === EXIT.usage
  return hasOwnCode && stopCode !== undefined ? { ...ending, code: stopCode } : ending
}
