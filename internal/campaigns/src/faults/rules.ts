import type { Asked } from '../gateway/gateway.ts'
import type { Finding, Mode } from './run-campaign.ts'

/** What every case must keep to; tells whether it does. */
export interface Rule {
  readonly name: string
  readonly modes: readonly Mode[]
  readonly holds: (finding: Finding) => boolean
}

const BOTH: readonly Mode[] = ['auto', 'always']
const MAX_SENT = 3

/** Scenarios after which the list was had all the same. */
const HARMLESS = ['usual', 'slow:150']

const isUnbound = ({ reported }: Finding) => reported.startsWith('unbound')
export const isUnknown = ({ reported }: Finding) => reported.startsWith('unknown')

/** Whether a forgery came in whole. */
const wasLiedTo = ({ truth, trace }: Finding) =>
  truth.answers.some(({ forged, serial }) => forged && trace.received.includes(serial))

/** Whether a question went without a reply, or got one that says nothing. */
const wasSpoiled = ({ truth, trace }: Finding, which: Asked) =>
  trace.failed[which] > 0 ||
  truth.answers.some(({ asked, scenario }) => asked === which && !HARMLESS.includes(scenario))

/** Whether every question that could settle the case had its reply. */
function listWasHad(finding: Finding): boolean {
  const { kind } = finding.drawn
  if (wasSpoiled(finding, 'list')) return false
  return !(kind === 'wrong-pay-type' && wasSpoiled(finding, 'elsewhere'))
}

/** Why a case had to stay unknown although the list is asked before and after; for the record. */
export const EXCUSES: readonly (readonly [string, (finding: Finding) => boolean])[] = [
  ['the list could not be had', (finding) => !listWasHad(finding)],
  ['the card was gone before the call', ({ drawn }) => drawn.kind === 'gone'],
  [
    'the list kept the card to the last attempt',
    ({ trace, reported }) => trace.sent.change >= MAX_SENT && reported === 'unknown, listed',
  ],
]

const isUndisturbed = (finding: Finding) =>
  finding.drawn.kind === 'bound' && !wasSpoiled(finding, 'list') && !wasSpoiled(finding, 'change')

/** The promises of the product, one by one. */
export const RULES: readonly Rule[] = [
  {
    name: 'no false success: what is reported unbound is unbound, and by this call',
    modes: BOTH,
    holds: (finding) =>
      !isUnbound(finding) || (!finding.truth.bound && finding.truth.unbound === 1),
  },
  {
    name: 'not delivered only where nothing arrived',
    modes: BOTH,
    holds: ({ reported, truth }) => reported !== 'not delivered' || truth.arrived.change === 0,
  },
  {
    name: 'untrusted where a forgery came in, and nowhere else',
    modes: BOTH,
    holds: (finding) => (finding.reported === 'untrusted') === wasLiedTo(finding),
  },
  {
    name: 'refused only where nothing was done',
    modes: BOTH,
    holds: ({ reported, truth }) => reported !== 'refused' || truth.unbound === 0,
  },
  {
    name: 'bound elsewhere only where it is',
    modes: BOTH,
    holds: ({ reported, drawn, truth }) =>
      reported !== 'bound elsewhere' || (drawn.kind === 'wrong-pay-type' && truth.bound),
  },
  {
    name: 'a wrong pay_type, or a card that is gone, is never reported unbound',
    modes: BOTH,
    holds: (finding) => finding.drawn.kind === 'bound' || !isUnbound(finding),
  },
  {
    name: 'unknown only where the list could not be had, never had the card, or kept it to the last attempt',
    modes: ['always'],
    holds: (finding) => !isUnknown(finding) || EXCUSES.some(([, applies]) => applies(finding)),
  },
  {
    name: 'unknown only where a reply was spoiled',
    modes: ['auto'],
    holds: (finding) => !isUnknown(finding) || wasSpoiled(finding, 'change'),
  },
  {
    name: 'undisturbed cases are reported unbound, signed',
    modes: BOTH,
    holds: (finding) => !isUndisturbed(finding) || finding.reported === 'unbound, signed-reply',
  },
  {
    name: 'every case is reported in the terms of the product',
    modes: BOTH,
    holds: ({ reported }) => reported !== 'something else',
  },
]
