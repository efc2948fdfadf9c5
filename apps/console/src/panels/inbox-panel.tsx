import { Icon } from '../parts/icon.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { openDialog } from '../state/dialog.ts'
import { notifications, sms } from '../state/sandbox-state.ts'
import { inbox, INBOXES, showSection } from '../state/section.ts'
import { words } from '../words/words.ts'
import { SmsList } from './sms-list.tsx'

const TITLE = 'inbox-title'

const loadList = async () => (await import('./notification-list.tsx')).NotificationList

function Notifications() {
  const List = useLoaded(loadList, [])
  return List === undefined ? null : <List title={TITLE} />
}

/** What the sandbox sent: codes to phones, and notifications to servers. */
export function InboxPanel() {
  const { nav, sms: texts } = words.value
  const shown = inbox.value
  const counts = { sms: sms.value.length, notifications: notifications.value.length }
  return (
    <section class="panel inbox" aria-labelledby={TITLE}>
      <header class="panel-head">
        <h2 id={TITLE}>{shown === 'sms' ? texts.title : nav.notifications}</h2>
        <div class="segments" role="group" aria-labelledby={TITLE}>
          {INBOXES.map((name) => (
            <button
              key={name}
              type="button"
              class="segment"
              aria-pressed={name === shown}
              onClick={() => showSection(name)}
            >
              {nav[name]}
            </button>
          ))}
        </div>
        {counts[shown] > 0 && <span class="tally">{counts[shown]}</span>}
        <span class="grow" />
        {shown === 'notifications' && (
          <button type="button" class="button" onClick={() => openDialog('notify')}>
            <Icon name="plus" />
            {nav.send}
          </button>
        )}
      </header>
      {shown === 'sms' ? <SmsList title={TITLE} /> : <Notifications />}
    </section>
  )
}
