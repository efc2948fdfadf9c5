import { readReplyFacts } from '../model/reply-facts.ts'
import { Icon } from '../parts/icon.tsx'
import { OutcomeBadge } from '../parts/outcome-badge.tsx'
import { clockTime, duration } from '../parts/times.ts'
import { WireLine } from '../parts/wire-text.tsx'
import type { CallRow } from '../state/selection.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'

/** The agreement by its last digits, as people tell them apart. */
const shortAgreement = (no_agree: string) =>
  no_agree.length > 6 ? `…${no_agree.slice(-4)}` : no_agree

/** What a call is called: the last word of its API, or its path. */
const verbOf = ({ api, path }: JournalEntry) => api?.split('.')[1] ?? path

function CallCells({ row }: { row: Extract<CallRow, { kind: 'call' }> }) {
  const { summary, call } = row.shown
  const { main } = summary
  const { user_id = '', no_agree = '' } = main.members
  const count = call.entries.length
  return (
    <>
      <span class={count > 1 ? 'chevron' : 'chevron none'} data-open={row.isOpen}>
        <Icon name="chevron" />
      </span>
      <span class="verb">
        {main.api === null ? <WireLine text={main.path} length={24} /> : verbOf(main)}
      </span>
      <span class="who">
        <WireLine text={user_id} length={24} />
        {no_agree !== '' && (
          <span class="faint">
            <WireLine text={shortAgreement(no_agree)} />
          </span>
        )}
      </span>
      {summary.scenario !== '' && (
        <span class="scenario-tag">
          <WireLine text={summary.scenario} length={18} />
        </span>
      )}
      {count > 1 && (
        <span class="count" title={words.value.calls.requests(count)}>
          {count}
          <span class="hidden">{words.value.calls.requests(count)}</span>
        </span>
      )}
      <OutcomeBadge outcome={summary.outcome} code={summary.code} status={main.status} />
      <time class="time">{clockTime(call.entries[0]?.at ?? 0)}</time>
    </>
  )
}

function StepCells({ row }: { row: Extract<CallRow, { kind: 'step' }> }) {
  const [first] = row.entries
  if (first === undefined) return null
  const { outcome, code } = readReplyFacts(first)
  const products = row.entries
    .map(({ members }) => members['pay_type'] ?? '')
    .filter((each) => each !== '')
  const more = row.entries.length > 3
  return (
    <>
      <span class="branch" />
      <span class="verb step-verb">
        {first.api ?? <WireLine text={first.path} length={24} />}
        <span class="faint">
          <WireLine text={products.slice(0, 3).join(', ') + (more ? '…' : '')} length={24} />
        </span>
      </span>
      {row.entries.length > 1 && <span class="faint">×{row.entries.length}</span>}
      <span class="grow" />
      <span class="faint numbers">
        {duration(row.entries.reduce((sum, { durationMs }) => sum + durationMs, 0))}
      </span>
      <OutcomeBadge outcome={outcome} code={code} status={first.status} />
      <time class="time">{clockTime(first.at)}</time>
    </>
  )
}

/** One row of the list of calls. */
export function CallRowView(props: {
  row: CallRow
  index: number
  count: number
  height: number
  isSelected: boolean
  onSelect: () => void
  onToggle: () => void
}) {
  const { row, index, count, height, isSelected } = props
  const hasSteps = row.kind === 'call' && row.shown.call.entries.length > 1
  return (
    <div
      id={row.key}
      role="treeitem"
      class={row.kind === 'call' ? 'row call' : 'row step'}
      aria-level={row.kind === 'call' ? 1 : 2}
      aria-expanded={hasSteps ? row.isOpen : undefined}
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ top: `${index * height}px`, height: `${height}px` }}
      onClick={(event) => {
        const target = event.target
        if (target instanceof Element && target.closest('.chevron') !== null) props.onToggle()
        else props.onSelect()
      }}
      onDblClick={props.onToggle}
    >
      {row.kind === 'call' ? <CallCells row={row} /> : <StepCells row={row} />}
    </div>
  )
}
