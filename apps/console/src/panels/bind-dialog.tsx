import { useState } from 'preact/hooks'

import { FormDialog } from '../parts/form-dialog.tsx'
import { bindCard } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { words } from '../words/words.ts'

const FIELDS = [
  { name: 'user_id', isRequired: true },
  { name: 'no_agree', isRequired: true },
  { name: 'pay_type', isRequired: false },
  { name: 'platform', isRequired: false },
] as const

type Values = Readonly<Record<(typeof FIELDS)[number]['name'], string>>

/** Binds a card without a call. */
export function BindDialog({ onClose }: { onClose: () => void }) {
  const { cards: texts } = words.value
  const [values, setValues] = useState<Values>({
    user_id: '',
    no_agree: '',
    pay_type: 'D',
    platform: '',
  })
  const submit = async (): Promise<void> => {
    const { user_id, no_agree, pay_type, platform } = values
    const card = {
      user_id,
      no_agree,
      ...(pay_type === '' ? {} : { pay_type }),
      ...(platform === '' ? {} : { platform }),
    }
    if (await attempt(() => bindCard(card))) onClose()
  }
  return (
    <FormDialog title={texts.bind} submit={texts.submit} onSubmit={submit} onClose={onClose}>
      {FIELDS.map(({ name, isRequired }) => (
        <label key={name} class="field">
          <span>
            <code>{name}</code>
            {!isRequired && <span class="faint"> {texts.optional}</span>}
          </span>
          <input
            class="mono"
            name={name}
            required={isRequired}
            value={values[name]}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
          />
        </label>
      ))}
    </FormDialog>
  )
}
