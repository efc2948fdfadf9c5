import { signal } from '@preact/signals'

/** The member that somebody points at: it is marked wherever it is shown. */
const hovered = signal<string | undefined>(undefined)

/** What an element needs to take part: it marks its member everywhere while it is pointed at. */
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
