import { signal } from '@preact/signals'

/** The member that somebody points at: it is marked wherever it is shown. */
const hovered = signal<string | undefined>(undefined)

/** The props of an element that marks its member everywhere while the pointer is over it. */
export function linkMember(name: string) {
  return {
    'data-member': name,
    'data-linked': hovered.value === name,
    onMouseEnter: () => {
      hovered.value = name
    },
    onMouseLeave: () => {
      hovered.value = undefined
    },
  }
}
