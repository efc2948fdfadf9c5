import type { VerifyReport } from '@llpay/core/diagnose'
import { useState } from 'preact/hooks'

import { diagnoseMessage } from '../model/diagnose-message.ts'
import { findApi, listApis } from '../model/find-api.ts'
import { pastedKeys, sandboxKeys, type KeyRole } from '../model/sandbox-keys.ts'
import { Dialog } from '../parts/dialog.tsx'
import { publicKeys } from '../state/sandbox-state.ts'
import { words } from '../words/words.ts'
import { VerifyReportView } from './verify-report.tsx'

type KeyChoice = KeyRole | 'pasted'

const CHOICES: readonly KeyChoice[] = ['merchant', 'gateway', 'pasted']

/** Verifies any message: with the sandbox's keys, or with a key that is pasted too. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { verify } = words.value
  const [message, setMessage] = useState('')
  const [choice, setChoice] = useState<KeyChoice>('merchant')
  const [pem, setPem] = useState('')
  const [truth, setTruth] = useState('')
  const [api, setApi] = useState('')
  const [report, setReport] = useState<VerifyReport | undefined>(undefined)
  const [problem, setProblem] = useState('')
  const submit = async (): Promise<void> => {
    setReport(undefined)
    setProblem('')
    const keys =
      choice === 'pasted'
        ? pastedKeys(publicKeys.value, pem, verify.names)
        : sandboxKeys(publicKeys.value, choice, verify.names)
    if (keys === undefined) return
    try {
      const unsignedFields = findApi(api)?.unsignedFields
      setReport(
        await diagnoseMessage(message, keys, {
          ...(unsignedFields === undefined ? {} : { unsignedFields }),
          ...(truth === '' ? {} : { truth }),
        }),
      )
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Dialog title={verify.title} onClose={onClose} wide>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p class="faint">{verify.hint}</p>
        <label class="field">
          <span>{verify.message}</span>
          <textarea
            class="mono"
            rows={7}
            required
            value={message}
            spellcheck={false}
            placeholder='{"ret_code":"0000","ret_msg":"交易成功","sign_type":"RSA","sign":"…"}'
            onInput={(event) => setMessage(event.currentTarget.value)}
          />
        </label>
        <div class="verify-row">
          <label class="field">
            <span>{verify.key}</span>
            <select
              value={choice}
              onChange={(event) => {
                const wanted = event.currentTarget.value
                setChoice(CHOICES.find((each) => each === wanted) ?? 'merchant')
              }}
            >
              {CHOICES.map((each) => (
                <option key={each} value={each}>
                  {verify.keys[each]}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{verify.api}</span>
            <select value={api} onChange={(event) => setApi(event.currentTarget.value)}>
              <option value="">{verify.anyApi}</option>
              {listApis().map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button primary">
            {verify.submit}
          </button>
        </div>
        {choice === 'pasted' && (
          <label class="field">
            <span>{verify.pasted}</span>
            <textarea
              class="mono"
              rows={5}
              required
              value={pem}
              spellcheck={false}
              placeholder="-----BEGIN PUBLIC KEY-----"
              onInput={(event) => setPem(event.currentTarget.value)}
            />
          </label>
        )}
        <details class="more">
          <summary>{verify.truth}</summary>
          <textarea
            class="mono"
            aria-label={verify.truth}
            rows={4}
            value={truth}
            spellcheck={false}
            onInput={(event) => setTruth(event.currentTarget.value)}
          />
        </details>
        <div aria-live="polite">
          {problem !== '' && <p class="why">{problem}</p>}
          {report !== undefined && <VerifyReportView report={report} />}
        </div>
      </form>
    </Dialog>
  )
}
