import { NOTIFICATIONS, type NotificationKind } from '@llpay/core/notifications'
import { useState } from 'preact/hooks'

import { FormDialog } from '../parts/form-dialog.tsx'
import { type MemberDraft, MemberDrafts } from '../parts/member-drafts.tsx'
import { sendNotification } from '../state/notifications.ts'
import { notifications } from '../state/sandbox-state.ts'
import type { NotificationFault } from '../wire/records.ts'
import { FAULTS, KINDS, notificationWords } from '../words/notification-words.ts'
import { words } from '../words/words.ts'

/** The members to send; one without a value is left out. */
const membersOf = (drafts: readonly MemberDraft[]) =>
  Object.fromEntries(
    drafts
      .filter(({ name }) => name !== '')
      .map(({ name, value }): [string, string | null] => [name, value === '' ? null : value]),
  )

/** Sends a notification, with what goes wrong if that is wanted. */
export function NotifyDialog({ onClose }: { onClose: () => void }) {
  const texts = notificationWords.value
  const [kind, setKind] = useState<NotificationKind>('payment')
  const [url, setUrl] = useState(() => notifications.value.at(-1)?.url ?? '')
  const [fault, setFault] = useState<NotificationFault | undefined>(undefined)
  const [repeat, setRepeat] = useState(true)
  const [drafts, setDrafts] = useState<readonly MemberDraft[]>([])
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const members = membersOf(drafts)
      await sendNotification({ kind, url, members, repeat, ...(fault && { fault }) })
    } catch (error) {
      setProblem(words.value.failed(error instanceof Error ? error.message : String(error)))
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={texts.form.title}
      submit={isBusy ? texts.form.sending : texts.form.submit}
      onSubmit={send}
      onClose={onClose}
      wide
      isBusy={isBusy}
    >
      <p class="faint">{texts.form.hint}</p>
      <div class="verify-row">
        <label class="field">
          <span>{texts.form.kind}</span>
          <select
            value={kind}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setKind(KINDS.find((each) => each === chosen) ?? 'payment')
            }}
          >
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{texts.form.fault}</span>
          <select
            value={fault ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setFault(FAULTS.find((each) => each === chosen))
            }}
          >
            <option value="">{texts.form.noFault}</option>
            {FAULTS.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="faint">
        {texts.kinds[kind]}
        {fault !== undefined && ` · ${texts.faults[fault]}`}
      </p>
      <label class="field">
        <code>notify_url</code>
        <input
          class="mono"
          type="url"
          required
          pattern="https?://.+"
          value={url}
          placeholder="http://127.0.0.1:3000/notify/payment"
          spellcheck={false}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
      <fieldset class="plain stack">
        <legend>{texts.form.members}</legend>
        <p class="faint">{texts.form.membersHint}</p>
        <MemberDrafts
          names={Object.keys(NOTIFICATIONS[kind].fields)}
          drafts={drafts}
          onChange={setDrafts}
        />
      </fieldset>
      <label class="check-line">
        <input
          type="checkbox"
          checked={repeat}
          onChange={(event) => setRepeat(event.currentTarget.checked)}
        />
        {texts.form.repeat}
      </label>
      <div role="alert">{problem !== '' && <p class="why">{problem}</p>}</div>
    </FormDialog>
  )
}
