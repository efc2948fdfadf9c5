import { signal } from '@preact/signals'

import { readReplyFacts } from '../model/reply-facts.ts'
import { Icon } from '../parts/icon.tsx'
import { OutcomeBadge } from '../parts/outcome-badge.tsx'
import { Tabs, type Tab } from '../parts/tabs.tsx'
import { duration, exactTime } from '../parts/times.ts'
import { WireLine } from '../parts/wire-text.tsx'
import { isDetailOpen, selectedEntry, selectedRow } from '../state/selection.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'
import { ChecksStrip } from './checks-strip.tsx'
import { CodeView } from './code-view.tsx'
import { EntryActions } from './entry-actions.tsx'
import { ReplyView } from './reply-view.tsx'
import { RequestView } from './request-view.tsx'
import { SignatureView } from './signature-view.tsx'
import { SignedText } from './signed-text.tsx'
import { Timeline } from './timeline.tsx'

type TabName = 'timeline' | 'request' | 'signed' | 'signature' | 'reply' | 'code'

const tab = signal<TabName>('timeline')

function tabsFor(entry: JournalEntry): readonly Tab<TabName>[] {
  const { tabs } = words.value.detail
  const failed = entry.checks.find(({ ok }) => ok === false)?.name
  const { outcome } = readReplyFacts(entry)
  const bad: Partial<Record<TabName, boolean>> = {
    request: failed === 'json' || failed === 'parameters' || failed === 'merchant',
    signature: failed === 'signature',
    reply: ['lost', 'http', 'unreadable', 'untrusted'].includes(outcome),
    code: outcome === 'refused' || outcome === 'unknown',
  }
  const names: readonly TabName[] = ['timeline', 'request', 'signed', 'signature', 'reply', 'code']
  return names.map((name) => ({ name, label: tabs[name], isBad: bad[name] ?? false }))
}

function TabBody({ entry, name }: { entry: JournalEntry; name: TabName }) {
  const call = selectedRow.value?.shown.call
  const views: Readonly<Record<TabName, () => preact.JSX.Element | null>> = {
    timeline: () => (call === undefined ? null : <Timeline call={call} />),
    request: () => <RequestView entry={entry} />,
    signed: () => <SignedText entry={entry} />,
    signature: () => <SignatureView entry={entry} />,
    reply: () => <ReplyView entry={entry} />,
    code: () => <CodeView code={readReplyFacts(entry).code} api={entry.api} />,
  }
  return views[name]()
}

function DetailHead({ entry }: { entry: JournalEntry }) {
  const { detail } = words.value
  const { outcome, code } = readReplyFacts(entry)
  const { user_id = '', no_agree = '' } = entry.members
  return (
    <div class="detail-head">
      <div class="detail-title">
        <h3>{entry.api ?? <WireLine text={`${entry.method} ${entry.path}`} />}</h3>
        <OutcomeBadge outcome={outcome} code={code} status={entry.status} />
        {entry.scenario !== 'normal' && (
          <span class="scenario-tag">
            {detail.scenario} <WireLine text={entry.scenario} />
          </span>
        )}
        <span class="faint numbers">{exactTime(entry.at)}</span>
        <span class="faint numbers">{duration(entry.durationMs)}</span>
      </div>
      <div class="detail-subject">
        {user_id !== '' && <WireLine text={user_id} length={64} />}
        {no_agree !== '' && <WireLine text={no_agree} length={64} />}
      </div>
      {entry.truncated && <p class="note">{detail.truncated}</p>}
      <ChecksStrip entry={entry} />
    </div>
  )
}

/** Everything about the request that is selected. */
export function DetailPanel() {
  const { detail, back } = words.value
  const entry = selectedEntry.value
  return (
    <section class="panel detail" aria-labelledby="detail-title">
      <header class="panel-head">
        <button
          type="button"
          class="button quiet icon-only narrow-only"
          aria-label={back}
          onClick={() => {
            isDetailOpen.value = false
          }}
        >
          <Icon name="back" />
        </button>
        <h2 id="detail-title">{detail.title}</h2>
        {entry !== undefined && <span class="tally">#{entry.id}</span>}
        <span class="grow" />
        {entry !== undefined && <EntryActions entry={entry} />}
      </header>
      {entry === undefined ? (
        <p class="blank">{detail.none}</p>
      ) : (
        <>
          <DetailHead entry={entry} />
          <Tabs
            label={detail.title}
            tabs={tabsFor(entry)}
            current={tab.value}
            panel="detail-view"
            onSelect={(name) => {
              tab.value = name
            }}
          />
          <div
            class="scroll tab-body"
            id="detail-view"
            role="tabpanel"
            tabIndex={0}
            aria-labelledby={`detail-view-${tab.value}`}
          >
            <TabBody key={entry.id} entry={entry} name={tab.value} />
          </div>
        </>
      )}
    </section>
  )
}
