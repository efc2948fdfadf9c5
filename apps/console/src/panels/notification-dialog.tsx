import { useEffect, useState } from 'preact/hooks'

import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { NotificationBadge } from '../parts/notification-badge.tsx'
import { duration, exactTime } from '../parts/times.ts'
import { WireText } from '../parts/wire-text.tsx'
import { resendNotification, shownNotification } from '../state/notifications.ts'
import { notifications } from '../state/sandbox-state.ts'
import type { NotificationDelivery, SandboxNotification } from '../wire/records.ts'
import { sayReason } from '../words/gateway-words.ts'
import { notificationWords } from '../words/notification-words.ts'
import { MemberJson } from './member-json.tsx'

function DeliveryRow({ each }: { each: NotificationDelivery }) {
  const texts = notificationWords.value
  const { at, status, reply, durationMs, acknowledged, error } = each
  return (
    <li class="delivery">
      <p class="delivery-facts numbers">
        <span>{exactTime(at)}</span>
        <span class={`badge ${acknowledged ? 'good' : 'bad'}`}>
          <Icon name={acknowledged ? 'check' : 'cross'} />
          {status === null ? texts.noResponse : `HTTP ${status}`}
        </span>
        <span class="faint">{duration(durationMs)}</span>
        <span>{error === undefined ? texts.states.acknowledged : sayReason(error)}</span>
      </p>
      {reply !== null && reply !== '' && (
        <p class="delivery-reply mono">
          <WireText text={reply} clip={500} />
        </p>
      )}
    </li>
  )
}

function Facts({ shown }: { shown: SandboxNotification }) {
  const texts = notificationWords.value
  const { id, kind, url, fault, state, members, deliveries } = shown
  const [isBusy, setBusy] = useState(false)
  const resend = async (): Promise<void> => {
    setBusy(true)
    await resendNotification(id)
    setBusy(false)
  }
  return (
    <div class="stack">
      <div class="delivery-facts">
        <NotificationBadge state={state} />
        <strong>{texts.kinds[kind]}</strong>
        <span class="faint mono">
          <WireText text={url} clip={200} />
        </span>
        <span class="grow" />
        <button type="button" class="button" disabled={isBusy} onClick={() => void resend()}>
          <Icon name="replay" />
          {texts.resend}
        </button>
      </div>
      {fault !== undefined && (
        <p class="why">
          <code>{fault}</code> {texts.faults[fault]}
        </p>
      )}
      <section class="stack" aria-labelledby="deliveries-title">
        <h3 id="deliveries-title">{texts.log}</h3>
        {deliveries.length === 0 ? (
          <p class="faint">{texts.notDelivered}</p>
        ) : (
          <ol class="deliveries" aria-live="polite">
            {deliveries.map((each, index) => (
              <DeliveryRow key={index} each={each} />
            ))}
          </ol>
        )}
      </section>
      <section class="stack" aria-labelledby="sent-title">
        <h3 id="sent-title">{texts.members}</h3>
        <MemberJson members={members} />
      </section>
    </div>
  )
}

/** What was sent, and what came of each delivery. */
export function NotificationDialog({ onClose }: { onClose: () => void }) {
  const shown = notifications.value.find(({ id }) => id === shownNotification.value)
  const isGone = shown === undefined
  useEffect(() => {
    if (isGone) onClose()
  }, [isGone])
  if (shown === undefined) return null
  return (
    <Dialog title={notificationWords.value.title(shown.id)} onClose={onClose} wide>
      <Facts shown={shown} />
    </Dialog>
  )
}
