import type { VerifyReport } from '@llpay/core/diagnose'

import type { DiagnosisKeys } from '../model/diagnose-message.ts'
import { sandboxKeys } from '../model/sandbox-keys.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { WireText } from '../parts/wire-text.tsx'
import { language } from '../state/preferences.ts'
import { publicKeys } from '../state/sandbox-state.ts'
import type { JournalEntry } from '../wire/records.ts'
import { sayReason } from '../words/gateway-words.ts'
import { words } from '../words/words.ts'
import { MemberComparison } from './member-comparison.tsx'
import { CauseList } from './verify-report.tsx'

async function diagnoseEntry(
  { members }: JournalEntry,
  keys: DiagnosisKeys,
): Promise<VerifyReport> {
  const { diagnoseMessage } = await import('../model/diagnose-message.ts')
  return diagnoseMessage(JSON.stringify(members), keys, { unsignedFields: [] })
}

/** What a search for the cause came to; `undefined` while it runs. */
function useDiagnosis(entry: JournalEntry): VerifyReport | 'none' | undefined {
  const keys = sandboxKeys(publicKeys.value, 'merchant', words.value.verify.names)
  return useLoaded(async () => {
    if (keys === undefined || entry.truncated) return 'none'
    return diagnoseEntry(entry, keys).catch(() => 'none' as const)
  }, [entry, keys?.key.pem, language.value])
}

function Causes({ entry }: { entry: JournalEntry }) {
  const { signature } = words.value
  const report = useDiagnosis(entry)
  const why = entry.checks.find(({ name }) => name === 'signature')?.why
  const signed = entry.signed ?? (report === 'none' ? undefined : report?.signedText)
  const causes = report === 'none' ? [] : (report?.causes ?? [])
  return (
    <>
      <section class="block" aria-busy={report === undefined}>
        <header class="block-head">
          <h3>{signature.causes}</h3>
          {report === undefined && <span class="faint">{signature.looking}…</span>}
        </header>
        {causes.length > 0 && <CauseList causes={causes} />}
        {causes.length === 0 && why !== undefined && <p class="note">{sayReason(why)}</p>}
      </section>
      {signed !== undefined && signed !== entry.canonical && entry.canonical !== null && (
        <MemberComparison expected={entry.canonical} signed={signed} members={entry.members} />
      )}
    </>
  )
}

type State = 'verified' | 'notVerified' | 'notReached' | 'missing'

const LOOK: Readonly<Record<State, readonly [tone: string, icon: IconName]>> = {
  verified: ['good', 'check'],
  notVerified: ['bad', 'cross'],
  notReached: ['calm', 'minus'],
  missing: ['bad', 'cross'],
}

function stateOf({ checks, members }: JournalEntry): State {
  if ((members['sign'] ?? '') === '') return 'missing'
  const ok = checks.find(({ name }) => name === 'signature')?.ok
  if (ok === true) return 'verified'
  return ok === false ? 'notVerified' : 'notReached'
}

/** Whether the signature of a request is good, and if not, what was signed and why. */
export function SignatureView({ entry }: { entry: JournalEntry }) {
  const { signature } = words.value
  const state = stateOf(entry)
  const [tone, icon] = LOOK[state]
  const sign = entry.members['sign'] ?? ''
  return (
    <div class="stack">
      <p class={`line ${tone}`}>
        <Icon name={icon} />
        {signature[state]}
      </p>
      {state === 'notVerified' && <Causes entry={entry} />}
      {sign !== '' && (
        <dl class="facts">
          <dt>{signature.algorithm}</dt>
          <dd>
            MD5withRSA{' '}
            <span class="faint">
              sign_type <WireText text={entry.members['sign_type'] ?? ''} clip={40} />
            </span>
          </dd>
          <dt>{signature.sign}</dt>
          <dd class="break">
            <WireText text={sign} clip={600} />
          </dd>
        </dl>
      )}
    </div>
  )
}
