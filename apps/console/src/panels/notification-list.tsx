import { Icon } from '../parts/icon.tsx'
import { NotificationBadge } from '../parts/notification-badge.tsx'
import { WireLine } from '../parts/wire-text.tsx'
import { resendNotification, showNotification } from '../state/notifications.ts'
import { notifications } from '../state/sandbox-state.ts'
import type { SandboxNotification } from '../wire/records.ts'
import { notificationWords } from '../words/notification-words.ts'

function NotificationRow({ each }: { each: SandboxNotification }) {
  const texts = notificationWords.value
  const { id, kind, url, fault, state, deliveries } = each
  return (
    <li class="notification">
      <button type="button" class="notification-open" onClick={() => showNotification(id)}>
        <span class="notification-facts">
          <strong>{kind}</strong>
          {fault !== undefined && <span class="scenario-tag">{fault}</span>}
          <NotificationBadge state={state} />
        </span>
        <span class="faint">
          <WireLine text={url} length={60} />
        </span>
        <span class="faint numbers">{texts.deliveries(deliveries.length)}</span>
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={texts.resendLabel(id)}
        title={texts.resend}
        onClick={() => void resendNotification(id)}
      >
        <Icon name="replay" />
      </button>
    </li>
  )
}

/** The notifications that the sandbox sent, newest first. */
export function NotificationList({ title }: { title: string }) {
  const texts = notificationWords.value
  const all = notifications.value
  if (all.length === 0) {
    return (
      <div class="blank">
        <p>{texts.none}</p>
        <p class="faint">{texts.noneHint}</p>
      </div>
    )
  }
  return (
    <ul class="scroll" tabIndex={0} aria-labelledby={title}>
      {all.toReversed().map((each) => (
        <NotificationRow key={each.id} each={each} />
      ))}
    </ul>
  )
}
