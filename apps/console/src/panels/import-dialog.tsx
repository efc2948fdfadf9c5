import { useState } from 'preact/hooks'

import { FormDialog } from '../parts/form-dialog.tsx'
import { importCards } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { announce } from '../state/notices.ts'
import { words } from '../words/words.ts'

const EXAMPLE = `user_id,no_agree,pay_type
u-1,2014031710002121,D
u-2,2014031710002122,2`

/** Binds every card of a CSV file or text. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { cards: texts } = words.value
  const [csv, setCsv] = useState('')
  const submit = async (): Promise<void> => {
    const isDone = await attempt(async () => {
      announce('done', texts.imported(await importCards(csv)))
    })
    if (isDone) onClose()
  }
  return (
    <FormDialog
      title={texts.importTitle}
      submit={texts.importSubmit}
      onSubmit={submit}
      onClose={onClose}
      wide
    >
      <p class="faint">{texts.importHint}</p>
      <label class="field">
        <span>{texts.importFile}</span>
        <input
          type="file"
          accept=".csv,text/csv,text/plain"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            if (file !== undefined) void attempt(async () => setCsv(await file.text()))
          }}
        />
      </label>
      <label class="field">
        <span>{texts.importText}</span>
        <textarea
          class="mono unwrapped"
          rows={10}
          required
          value={csv}
          placeholder={EXAMPLE}
          spellcheck={false}
          onInput={(event) => setCsv(event.currentTarget.value)}
        />
      </label>
    </FormDialog>
  )
}
