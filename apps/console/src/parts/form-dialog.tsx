import type { ComponentChildren } from 'preact'

import { words } from '../words/words.ts'
import { Dialog } from './dialog.tsx'

/** A dialog with a form, a button that submits it and one that cancels. */
export function FormDialog(props: {
  title: string
  /** The text of the button that submits. */
  submit: string
  onSubmit: () => Promise<void>
  onClose: () => void
  wide?: boolean
  isBusy?: boolean
  children: ComponentChildren
}) {
  const { title, submit, onSubmit, onClose, wide = false, isBusy = false, children } = props
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void onSubmit()
        }}
      >
        {children}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {words.value.cancel}
          </button>
          <button type="submit" class="button primary" disabled={isBusy}>
            {submit}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
