import type { ComponentType } from 'preact'

import { CallsPanel } from './panels/calls-panel.tsx'
import { CardsPanel } from './panels/cards-panel.tsx'
import { DetailPanel } from './panels/detail-panel.tsx'
import { HelpDialog } from './panels/help-dialog.tsx'
import { InboxPanel } from './panels/inbox-panel.tsx'
import { ResetDialog } from './panels/reset-dialog.tsx'
import { ScenariosPanel } from './panels/scenarios-panel.tsx'
import { TopBar } from './panels/top-bar.tsx'
import { Icon, type IconName } from './parts/icon.tsx'
import { useLoaded } from './parts/use-loaded.ts'
import { closeDialog, dialog, type DialogName } from './state/dialog.ts'
import { notice } from './state/notices.ts'
import { section, SECTIONS, showSection, type Section } from './state/section.ts'
import { isDetailOpen } from './state/selection.ts'
import { words } from './words/words.ts'

const SECTION_ICONS: Readonly<Record<Section, IconName>> = {
  calls: 'list',
  cards: 'card',
  scenarios: 'bolt',
  sms: 'mail',
  notifications: 'bell',
}

function Navigation() {
  const { nav } = words.value
  return (
    <nav class="sections" aria-label={nav.label}>
      {SECTIONS.map((name) => (
        <button
          key={name}
          type="button"
          class="section"
          aria-current={section.value === name ? 'page' : undefined}
          onClick={() => showSection(name)}
        >
          <Icon name={SECTION_ICONS[name]} />
          {nav[name]}
        </button>
      ))}
    </nav>
  )
}

type DialogView = ComponentType<{ onClose: () => void }>

/** The views of the dialogs; what is large is loaded when it is opened. */
const VIEWS: Readonly<Record<DialogName, () => Promise<DialogView>>> = {
  verify: async () => (await import('./panels/verify-dialog.tsx')).VerifyDialog,
  codes: async () => (await import('./panels/codes-dialog.tsx')).CodesDialog,
  notify: async () => (await import('./panels/notify-dialog.tsx')).NotifyDialog,
  notification: async () => (await import('./panels/notification-dialog.tsx')).NotificationDialog,
  help: async () => HelpDialog,
  reset: async () => ResetDialog,
}

function OpenDialog({ name }: { name: DialogName }) {
  const View = useLoaded(VIEWS[name], [name])
  return View === undefined ? null : <View onClose={closeDialog} />
}

function NoticeLine() {
  const shown = notice.value
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown !== undefined && (
        <p key={shown.id} class={`notice ${shown.kind}`}>
          <Icon name={shown.kind === 'done' ? 'check' : 'cross'} />
          {shown.text}
        </p>
      )}
    </div>
  )
}

/** The whole page. */
export function App() {
  return (
    <div class="app" data-section={section.value} data-detail={isDetailOpen.value}>
      <a class="skip" href="#main">
        {words.value.skip}
      </a>
      <TopBar />
      <main class="main" id="main" tabIndex={-1}>
        <CallsPanel />
        <DetailPanel />
        <CardsPanel />
        <ScenariosPanel />
        <InboxPanel />
      </main>
      <Navigation />
      <NoticeLine />
      {dialog.value !== undefined && <OpenDialog key={dialog.value} name={dialog.value} />}
    </div>
  )
}
