import { signal } from '@preact/signals'

/** The dialogs that belong to the whole page. */
export type DialogName = 'verify' | 'codes' | 'help' | 'reset' | 'notify' | 'notification'

/** The dialog that is open, if one is. */
export const dialog = signal<DialogName | undefined>(undefined)

/** Opens a dialog. */
export function openDialog(name: DialogName): void {
  dialog.value = name
}

/** Closes the dialog that is open. */
export function closeDialog(): void {
  dialog.value = undefined
}
