import { dialog } from './dialog.ts'
import { followLatest, isDetailOpen, moveSelection, selectedRow, toggleRow } from './selection.ts'

/** Where keys are text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Where Enter and the space bar already do something. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, a, summary, select, [role="tab"]')

function openSelected(): void {
  const row = selectedRow.value
  if (row === undefined) return
  isDetailOpen.value = true
  toggleRow(row)
}

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => moveSelection(1),
  k: () => moveSelection(-1),
  '/': () => document.querySelector<HTMLInputElement>('#filter')?.focus(),
  '?': () => {
    dialog.value = 'help'
  },
  Escape: () => followLatest(),
  Enter: openSelected,
}

/** Keys that work only while the list of calls has the focus. */
const TREE_KEYS: Readonly<Record<string, () => void>> = {
  ArrowDown: () => moveSelection(1),
  ArrowUp: () => moveSelection(-1),
  Home: () => moveSelection(-Infinity),
  End: () => moveSelection(Infinity),
  ArrowRight: () => {
    const row = selectedRow.value
    if (row?.kind === 'call' && !row.isOpen) toggleRow(row)
  },
  ArrowLeft: () => {
    const row = selectedRow.value
    if (row !== undefined && (row.kind === 'step' || row.isOpen)) toggleRow(row)
  },
  ' ': openSelected,
}

function actionFor(event: KeyboardEvent): (() => void) | undefined {
  const { key, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined
  if (document.querySelector('dialog[open]') !== null) return undefined
  if (isTyping(target)) {
    return key === 'Escape' && target instanceof HTMLElement ? () => target.blur() : undefined
  }
  if (key === 'Enter' && isControl(target)) return undefined
  const isTree = target instanceof HTMLElement && target.id === 'calls'
  return (isTree ? TREE_KEYS[key] : undefined) ?? KEYS[key]
}

/** Listens to the keys of the page. */
export function startKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    const action = actionFor(event)
    if (action === undefined) return
    event.preventDefault()
    action()
  })
}
