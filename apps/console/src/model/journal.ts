import type { JournalEntry } from '../wire/records.ts'

/** What the page knows of the sandbox's journal. */
export interface Journal {
  /** Which run of the sandbox the entries are of; a restart changes it. */
  readonly run: string
  /** By id, oldest first. */
  readonly entries: readonly JournalEntry[]
  readonly last: number
}

/** A journal that nothing is known about. */
export const EMPTY_JOURNAL: Journal = { run: '', entries: [], last: 0 }

/** As many as the sandbox itself keeps, so that a long session stays light. */
const LIMIT = 2000

/**
 * Adds entries that arrived, in whatever order: through the event stream, or fetched after a gap.
 * Entries of another run replace all that is known.
 */
export function addEntries(
  journal: Journal,
  run: string,
  arrived: readonly JournalEntry[],
): Journal {
  const known = journal.run === run ? journal.entries : []
  if (arrived.length === 0) {
    return journal.run === run ? journal : { run, entries: [], last: 0 }
  }
  const byId = new Map(known.map((entry) => [entry.id, entry]))
  for (const entry of arrived) byId.set(entry.id, entry)
  const entries = [...byId.values()].toSorted((left, right) => left.id - right.id).slice(-LIMIT)
  return { run, entries, last: entries.at(-1)?.id ?? 0 }
}
