import type { CallOutcome } from '../model/call-summary.ts'
import { words } from '../words/words.ts'
import { Icon, type IconName } from './icon.tsx'

/** How grave an outcome is; colour is never the only sign of it. */
const LOOK: Readonly<Record<CallOutcome, readonly [tone: string, icon: IconName]>> = {
  success: ['good', 'check'],
  absent: ['calm', 'minus'],
  refused: ['bad', 'cross'],
  'not-taken': ['bad', 'cross'],
  untrusted: ['warn', 'question'],
  'made-up': ['warn', 'question'],
  unknown: ['warn', 'question'],
  lost: ['warn', 'bolt'],
  http: ['warn', 'bolt'],
  unreadable: ['warn', 'bolt'],
  'settled-absent': ['good', 'bolt'],
  'settled-listed': ['warn', 'bolt'],
  elsewhere: ['bad', 'question'],
}

/** The text on the badge: the code where there is one. */
function textOf(outcome: CallOutcome, code: string, status: number | null): string {
  const { badge } = words.value
  const own: Partial<Record<CallOutcome, string>> = {
    lost: badge.lost,
    'not-taken': `HTTP ${status ?? ''}`,
    http: `HTTP ${status ?? ''}`,
    unreadable: badge.unreadable,
    'settled-absent': badge.absentAfter,
    'settled-listed': badge.listedAfter,
    elsewhere: badge.elsewhere,
  }
  return own[outcome] ?? code
}

/** What became of a request or a call, in a glance. */
export function OutcomeBadge(props: { outcome: CallOutcome; code: string; status: number | null }) {
  const { outcome, code, status } = props
  const [tone, icon] = LOOK[outcome]
  return (
    <span class={`badge ${tone}`} title={words.value.outcomes[outcome]}>
      <Icon name={icon} />
      {textOf(outcome, code, status)}
    </span>
  )
}
