import { useState } from 'preact/hooks'

import { FormDialog } from '../parts/form-dialog.tsx'
import { type MemberDraft, MemberDrafts } from '../parts/member-drafts.tsx'
import { replay } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'

/** What differs: new texts, and `null` for a member that was removed. */
function changesOf(
  entry: JournalEntry,
  drafts: readonly MemberDraft[],
): Record<string, string | null> {
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
  const { edit } = words.value
  const [drafts, setDrafts] = useState<readonly MemberDraft[]>(() =>
    Object.entries(entry.members)
      .filter(([name]) => name !== 'sign')
      .map(([name, value], key) => ({ key, name, value })),
  )
  const send = async (): Promise<void> => {
    if (await attempt(() => replay(entry.id, changesOf(entry, drafts)))) onClose()
  }
  return (
    <FormDialog title={edit.title} submit={edit.send} onSubmit={send} onClose={onClose} wide>
      <p class="faint">{edit.hint}</p>
      <MemberDrafts drafts={drafts} onChange={setDrafts} />
    </FormDialog>
  )
}
