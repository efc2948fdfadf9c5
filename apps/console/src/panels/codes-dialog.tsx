import { listReturnCodes, type ReturnCode } from '@llpay/core/return-codes'
import { useMemo, useState } from 'preact/hooks'

import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { language } from '../state/preferences.ts'
import { words } from '../words/words.ts'
import { CodeView } from './code-view.tsx'

const TONES = { success: 'good', refused: 'bad', unknown: 'warn' } as const

function search(text: string): readonly ReturnCode[] {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return listReturnCodes().filter(({ code, zh, en, category }) => {
    const all = `${code} ${zh} ${en} ${category}`.toLowerCase()
    return wanted.every((word) => all.includes(word))
  })
}

/** Every return code, searchable in both languages. */
export function CodesDialog({ onClose }: { onClose: () => void }) {
  const texts = words.value.code
  const [text, setText] = useState('')
  const [open, setOpen] = useState('')
  const found = useMemo(() => search(text), [text])
  return (
    <Dialog title={texts.title} onClose={onClose} wide>
      <div class="codes">
        <label class="search">
          <Icon name="search" />
          <span class="hidden">{texts.search}</span>
          <input
            type="search"
            value={text}
            placeholder={texts.searchHint}
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="tally" role="status">
          {found.length === 0 ? texts.nothing : texts.count(found.length)}
        </p>
        <ul class="code-list">
          {found.map(({ code, en, zh, class: kind }) => (
            <li key={code}>
              <button
                type="button"
                class="code-row"
                aria-expanded={open === code}
                onClick={() => setOpen(open === code ? '' : code)}
              >
                <span class={`badge ${TONES[kind]}`}>{code}</span>
                <span lang={language.value === 'zh' ? 'zh-CN' : 'en'}>
                  {language.value === 'zh' ? zh : en}
                </span>
                <span class="faint" lang={language.value === 'zh' ? 'en' : 'zh-CN'}>
                  {language.value === 'zh' ? en : zh}
                </span>
              </button>
              {open === code && (
                <div class="code-more">
                  <CodeView code={code} api="card.unbind" />
                </div>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
