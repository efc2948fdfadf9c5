import { summarizeCall, type CallOutcome, type CallSummary } from '../model/call-summary.ts'
import type { Call } from '../model/group-calls.ts'
import { findReason, isGateRefusal, readReplyFacts } from '../model/reply-facts.ts'
import { OutcomeBadge } from '../parts/outcome-badge.tsx'
import { duration, exactTime } from '../parts/times.ts'
import { WireLine, WireText } from '../parts/wire-text.tsx'
import { selectedEntry, selectEntry } from '../state/selection.ts'
import type { JournalEntry } from '../wire/records.ts'
import { sayReason } from '../words/gateway-words.ts'
import { words } from '../words/words.ts'

/** Outcomes after which a client does not know that its request was carried out. */
const LOST: ReadonlySet<CallOutcome> = new Set(['lost', 'http', 'unreadable'])

/** What happened with a request, in a sentence. */
function explain(entry: JournalEntry, outcome: CallOutcome): string {
  const { timeline } = words.value
  if (isGateRefusal(entry)) return timeline.gate
  const isDone = entry.ret_code === '0000' && LOST.has(outcome)
  if (isDone) return timeline.lostButDone
  if (outcome === 'success' && entry.api === 'card.list') return timeline.listed
  return timeline.explain[outcome]
}

/** How the call ended, in one sentence. */
function sayResult({ isGateRefusal: isRefused, outcome, products, main }: CallSummary): string {
  const { timeline } = words.value
  if (isRefused) return timeline.gate
  if (outcome === 'elsewhere') return timeline.elsewhere(products.found.join(', '), products.asked)
  if (outcome === 'success' && main.api === 'card.list') return timeline.listed
  return timeline.explain[outcome]
}

/** The requests of a call, one below the other, with the time that passed. */
export function Timeline({ call }: { call: Call }) {
  const { timeline, detail } = words.value
  const summary = summarizeCall(call)
  const start = call.entries[0]?.at ?? 0
  const current = selectedEntry.value?.id
  return (
    <div class="timeline">
      {summary !== undefined && (
        <p class={`verdict ${summary.outcome}`}>
          <strong>{timeline.verdict}: </strong>
          {sayResult(summary)}
          {summary.scenario !== '' && (
            <>
              {' '}
              <span class="scenario-tag">
                <WireText text={summary.scenario} />
              </span>
            </>
          )}
        </p>
      )}
      <ol class="steps">
        {call.entries.map((entry) => {
          const { outcome, code } = readReplyFacts(entry)
          const why = findReason(entry)
          return (
            <li key={entry.id} class="moment" data-tone={outcome}>
              <button
                type="button"
                class="moment-body"
                aria-current={entry.id === current ? 'step' : undefined}
                onClick={() => selectEntry(entry.id)}
              >
                <span class="moment-time numbers" title={exactTime(entry.at)}>
                  +{duration(entry.at - start)}
                </span>
                <span class="moment-what">
                  <strong>{entry.api ?? <WireLine text={entry.path} />}</strong>
                  {entry.members['pay_type'] !== undefined && (
                    <span class="faint">
                      pay_type <WireLine text={entry.members['pay_type']} length={12} />
                    </span>
                  )}
                  <OutcomeBadge outcome={outcome} code={code} status={entry.status} />
                  <span class="faint numbers">{duration(entry.durationMs)}</span>
                </span>
                <span class="moment-why faint">
                  {explain(entry, outcome)}
                  {why !== undefined && why !== '' && (
                    <>
                      {' '}
                      {detail.why}: <WireText text={sayReason(why)} />
                    </>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
