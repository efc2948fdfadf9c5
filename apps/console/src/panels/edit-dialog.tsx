import { useState } from 'preact/hooks'

import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { replay } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import type { JournalEntry } from '../wire/journal-entry.ts'
import { words } from '../words/words.ts'

interface Draft {
  readonly key: number
  readonly name: string
  readonly value: string
}

/** What differs: new texts, and `null` for a member that was removed. */
function changesOf(entry: JournalEntry, drafts: readonly Draft[]): Record<string, string | null> {
  const kept = drafts.filter(({ name }) => name !== '')
  const removed = Object.keys(entry.members)
    .filter((name) => name !== 'sign' && !kept.some((draft) => draft.name === name))
    .map((name): [string, null] => [name, null])
  return Object.fromEntries([
    ...removed,
    ...kept.map(({ name, value }): [string, string] => [name, value]),
  ])
}

/** Changes the members of a request, and sends it signed with the merchant's key. */
export function EditDialog({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  const { edit, cancel } = words.value
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    Object.entries(entry.members)
      .filter(([name]) => name !== 'sign')
      .map(([name, value], key) => ({ key, name, value })),
  )
  const change = (key: number, part: Partial<Draft>) =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)))
  const send = async (): Promise<void> => {
    if (await attempt(() => replay(entry.id, changesOf(entry, drafts)))) onClose()
  }
  return (
    <Dialog title={edit.title} onClose={onClose} wide>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="faint">{edit.hint}</p>
        <div class="drafts">
          {drafts.map(({ key, name, value }) => (
            <div key={key} class="draft">
              <input
                aria-label={edit.name}
                class="mono"
                value={name}
                spellcheck={false}
                onInput={(event) => change(key, { name: event.currentTarget.value })}
              />
              <textarea
                aria-label={`${edit.value} ${name}`}
                class="mono"
                rows={1}
                value={value}
                spellcheck={false}
                onInput={(event) => change(key, { value: event.currentTarget.value })}
              />
              <button
                type="button"
                class="button quiet icon-only"
                aria-label={edit.remove(name)}
                onClick={() => setDrafts(drafts.filter((draft) => draft.key !== key))}
              >
                <Icon name="trash" />
              </button>
            </div>
          ))}
        </div>
        <button
          type="button"
          class="button quiet start"
          onClick={() => {
            const key = Math.max(0, ...drafts.map((draft) => draft.key)) + 1
            setDrafts([...drafts, { key, name: '', value: '' }])
          }}
        >
          <Icon name="plus" />
          {edit.add}
        </button>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" class="button primary">
            {edit.send}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
