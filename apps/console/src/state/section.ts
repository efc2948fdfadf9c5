import { signal } from '@preact/signals'

import { isDetailOpen } from './selection.ts'

/** The sections of the page, in their order. */
export const SECTIONS = ['calls', 'cards', 'scenarios', 'sms', 'notifications'] as const

/** A name of one of them. */
export type Section = (typeof SECTIONS)[number]

/** What shares a panel. */
export const INBOXES = ['sms', 'notifications'] as const

/** The one section that a narrow screen shows. */
export const section = signal<Section>('calls')

/** What the inbox shows. */
export const inbox = signal<(typeof INBOXES)[number]>('sms')

/** Shows a section. */
export function showSection(name: Section): void {
  section.value = name
  isDetailOpen.value = false
  const chosen = INBOXES.find((each) => each === name)
  if (chosen !== undefined) inbox.value = chosen
}
