import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** A dialog over the page: Esc closes it, and the focus goes back to where it was. */
export function Dialog(props: {
  title: string
  onClose: () => void
  wide?: boolean
  children: ComponentChildren
}) {
  const element = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const before = document.activeElement
    element.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      class={props.wide === true ? 'dialog wide' : 'dialog'}
      aria-labelledby={title}
      onClose={props.onClose}
      onClick={(event) => {
        if (event.target === element.current) element.current?.close()
      }}
    >
      <header class="dialog-head">
        <h2 id={title}>{props.title}</h2>
        <button
          type="button"
          class="button quiet icon-only"
          aria-label={words.value.close}
          onClick={() => element.current?.close()}
        >
          <Icon name="cross" />
        </button>
      </header>
      <div class="dialog-body">{props.children}</div>
    </dialog>
  )
}
