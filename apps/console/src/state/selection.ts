import { computed, signal } from '@preact/signals'

import { stepsOf } from '../model/call-summary.ts'
import type { JournalEntry } from '../wire/records.ts'
import { shownCalls, type SummarizedCall } from './sandbox-state.ts'

/** A row of the list of calls: a call, or one of its steps. */
export type CallRow =
  | {
      readonly key: string
      readonly kind: 'call'
      readonly shown: SummarizedCall
      readonly isOpen: boolean
    }
  | {
      readonly key: string
      readonly kind: 'step'
      readonly shown: SummarizedCall
      readonly entries: readonly JournalEntry[]
    }

/** The key of the row that was chosen; without one the detail follows the newest call. */
const chosen = signal<string | undefined>(undefined)
/** The one request of a call that its timeline was asked for. */
const chosenEntry = signal<number | undefined>(undefined)
const opened = signal<ReadonlySet<string>>(new Set())
const closed = signal<ReadonlySet<string>>(new Set())
/** On a narrow screen: whether the detail covers the list. */
export const isDetailOpen = signal(false)

const keyOfCall = ({ call }: SummarizedCall) => `call-${call.id}`

/** Whether the detail shows the newest call, whichever that is. */
export const isFollowing = computed(() => chosen.value === undefined)

/** The newest call is open until somebody closes it, so that a first look shows its requests. */
const isOpenCall = (shown: SummarizedCall, isNewest: boolean): boolean => {
  const key = keyOfCall(shown)
  if (closed.value.has(key)) return false
  return opened.value.has(key) || (isNewest && isFollowing.value)
}

/** The rows of the list, newest call first. */
export const rows = computed((): readonly CallRow[] =>
  shownCalls.value.flatMap((shown, index): CallRow[] => {
    const key = keyOfCall(shown)
    const hasSteps = shown.call.entries.length > 1
    const isOpen = hasSteps && isOpenCall(shown, index === 0)
    const row: CallRow = { key, kind: 'call', shown, isOpen }
    if (!isOpen) return [row]
    const steps = stepsOf(shown.call).map((entries): CallRow => {
      return { key: `step-${entries[0]?.id ?? 0}`, kind: 'step', shown, entries }
    })
    return [row, ...steps]
  }),
)

export const rowKeys = computed(() => rows.value.map(({ key }) => key))

/** The row that the detail shows. */
export const selectedRow = computed(
  (): CallRow | undefined => rows.value.find(({ key }) => key === chosen.value) ?? rows.value[0],
)

/** The request that the detail shows. */
export const selectedEntry = computed((): JournalEntry | undefined => {
  const row = selectedRow.value
  if (row === undefined) return undefined
  const wanted = row.shown.call.entries.find(({ id }) => id === chosenEntry.value)
  if (wanted !== undefined) return wanted
  return row.kind === 'step' ? row.entries[0] : row.shown.summary.main
})

/** Shows a row in the detail. */
export function selectRow(row: CallRow): void {
  // The row stays where it is: what was open because it was newest stays open.
  if (isFollowing.value) {
    const [newest] = shownCalls.value
    if (newest !== undefined) opened.value = new Set([...opened.value, keyOfCall(newest)])
  }
  chosen.value = row.key
  chosenEntry.value = undefined
}

/** Opens a call's requests, or closes them. */
export function toggleRow(row: CallRow): void {
  const key = keyOfCall(row.shown)
  const isOpen = row.kind === 'step' || row.isOpen
  const without = (set: ReadonlySet<string>) => new Set([...set].filter((each) => each !== key))
  opened.value = isOpen ? without(opened.value) : new Set([...opened.value, key])
  closed.value = isOpen ? new Set([...closed.value, key]) : without(closed.value)
  if (isOpen && row.kind === 'step') chosen.value = key
}

/** Moves the selection by rows; returns the index that is selected then. */
export function moveSelection(step: number): number {
  const all = rows.value
  const index = all.findIndex(({ key }) => key === selectedRow.value?.key)
  const next = Math.max(0, Math.min(all.length - 1, index + step))
  const row = all[next]
  if (row === undefined) return -1
  selectRow(row)
  return next
}

/** Goes back to the newest call. */
export function followLatest(): void {
  chosen.value = undefined
  chosenEntry.value = undefined
  isDetailOpen.value = false
}

/** Shows one request of the call that is selected. */
export function selectEntry(id: number): void {
  const row = selectedRow.value
  if (row !== undefined && isFollowing.value) selectRow(row)
  chosenEntry.value = id
}
