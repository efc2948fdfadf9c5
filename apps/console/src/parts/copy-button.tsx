import { useEffect, useState } from 'preact/hooks'

import { announce } from '../state/notices.ts'
import { words } from '../words/words.ts'
import { copyText } from './copy-text.ts'
import { Icon, type IconName } from './icon.tsx'

const SHOWN_MS = 1500

/** A button that copies a text, and confirms it. */
export function CopyButton(props: {
  label: string
  text: () => string | Promise<string>
  icon?: IconName
  title?: string
  class?: string
}) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async (): Promise<void> => {
    try {
      await copyText(await props.text())
      setCopied(true)
      announce('done', words.value.copied)
    } catch (error) {
      announce('failed', words.value.failed(error instanceof Error ? error.message : ''))
    }
  }
  return (
    <button
      type="button"
      class={`button ${props.class ?? ''}`}
      title={props.title}
      onClick={() => void copy()}
    >
      <Icon name={isCopied ? 'check' : (props.icon ?? 'copy')} />
      {props.label}
    </button>
  )
}
