import { findReason } from '../model/reply-facts.ts'
import { Icon } from '../parts/icon.tsx'
import { WireText } from '../parts/wire-text.tsx'
import type { EntryCheck, JournalEntry } from '../wire/records.ts'
import { sayReason } from '../words/gateway-words.ts'
import { words } from '../words/words.ts'

function CheckMark({ name, ok }: EntryCheck) {
  const { checks, check } = words.value.detail
  const look = ok === null ? 'skipped' : ok ? 'ok' : 'failed'
  const icon = ({ ok: 'check', failed: 'cross', skipped: 'minus' } as const)[look]
  return (
    <li class={`check ${look}`}>
      <Icon name={icon} />
      {checks[name]}
      <span class="hidden">: {check[look]}</span>
    </li>
  )
}

/** The checks of the gate in their order, and why the request was refused. */
export function ChecksStrip({ entry }: { entry: JournalEntry }) {
  const { detail } = words.value
  const why = findReason(entry)
  return (
    <div class="checks">
      <ol class="check-list">
        {entry.checks.map((check) => (
          <CheckMark key={check.name} {...check} />
        ))}
      </ol>
      {why !== undefined && why !== '' && (
        <p class="why">
          <strong>{detail.why}:</strong> <WireText text={sayReason(why)} />
        </p>
      )}
    </div>
  )
}
