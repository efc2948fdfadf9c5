import type { SandboxNotification } from '../wire/records.ts'
import { notificationWords } from '../words/notification-words.ts'
import { Icon, type IconName } from './icon.tsx'

const LOOK: Readonly<Record<SandboxNotification['state'], readonly [string, IconName]>> = {
  pending: ['warn', 'clock'],
  acknowledged: ['good', 'check'],
  'given-up': ['bad', 'cross'],
}

/** Whether a notification was acknowledged, in a glance. */
export function NotificationBadge({ state }: { state: SandboxNotification['state'] }) {
  const [tone, icon] = LOOK[state]
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {notificationWords.value.states[state]}
    </span>
  )
}
