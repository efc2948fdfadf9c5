import { isProblem, type CallSummary } from './call-summary.ts'
import type { Call } from './group-calls.ts'
import { readReplyFacts } from './reply-facts.ts'

/** Which calls the list shows. */
export interface CallFilter {
  /** Words that a call must all have: of a customer, an agreement, a code, an API, a scenario. */
  readonly text: string
  readonly onlyProblems: boolean
}

const texts = new WeakMap<Call, string>()

function textOf(call: Call): string {
  const known = texts.get(call)
  if (known !== undefined) return known
  const text = call.entries
    .flatMap((entry) => [
      entry.api ?? entry.path,
      entry.members['user_id'] ?? '',
      entry.members['no_agree'] ?? '',
      entry.members['pay_type'] ?? '',
      readReplyFacts(entry).code,
      entry.status === null ? 'lost' : String(entry.status),
      entry.scenario,
    ])
    .join('\n')
    .toLowerCase()
  texts.set(call, text)
  return text
}

/** Tells whether a call passes the filter. */
export function passesFilter(call: Call, summary: CallSummary, filter: CallFilter): boolean {
  if (filter.onlyProblems && !isProblem(summary)) return false
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.every((word) => textOf(call).includes(word))
}
