import { readReplyFacts } from '../model/reply-facts.ts'
import { Dialog } from '../parts/dialog.tsx'
import { OutcomeBadge } from '../parts/outcome-badge.tsx'
import { exactTime } from '../parts/times.ts'
import { WireLine } from '../parts/wire-text.tsx'
import { journal } from '../state/sandbox-state.ts'
import type { Card } from '../wire/control-api.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'

/** Whether a request was about this agreement: it names it, or its reply does. */
const isAbout = (entry: JournalEntry, { user_id, no_agree }: Card) =>
  entry.members['user_id'] === user_id &&
  (entry.members['no_agree'] === no_agree || readReplyFacts(entry).members['no_agree'] === no_agree)

/** Every request that the journal has about one agreement, newest first. */
export function HistoryDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const texts = words.value.cards
  const entries = journal.value.entries.filter((entry) => isAbout(entry, card)).toReversed()
  return (
    <Dialog title={texts.historyTitle} onClose={onClose} wide>
      <p class="subject mono">
        <WireLine text={card.user_id} length={64} /> · <WireLine text={card.no_agree} length={64} />
      </p>
      {entries.length === 0 ? (
        <p class="blank">{texts.historyNone}</p>
      ) : (
        <ol class="history">
          {entries.map((entry) => {
            const { outcome, code } = readReplyFacts(entry)
            return (
              <li key={entry.id}>
                <time class="numbers faint">{exactTime(entry.at)}</time>
                <span>
                  {entry.api}{' '}
                  <span class="faint">
                    <WireLine text={entry.members['pay_type'] ?? ''} length={12} />
                  </span>
                </span>
                <OutcomeBadge outcome={outcome} code={code} status={entry.status} />
              </li>
            )
          })}
        </ol>
      )}
    </Dialog>
  )
}
