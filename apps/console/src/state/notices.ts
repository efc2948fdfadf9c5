import { signal } from '@preact/signals'

/** A short message about what just happened. */
export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'failed'
  readonly text: string
}

const SHOWN_MS = 6000

/** The message in the corner; a screen reader hears it too. */
export const notice = signal<Notice | undefined>(undefined)

let count = 0

/** Shows a message for a while. */
export function announce(kind: Notice['kind'], text: string): void {
  count += 1
  const shown = { id: count, kind, text }
  notice.value = shown
  setTimeout(() => {
    if (notice.value === shown) notice.value = undefined
  }, SHOWN_MS)
}
