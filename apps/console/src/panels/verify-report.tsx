import type { Cause, VerifyReport } from '@llpay/core/diagnose'

import { Icon } from '../parts/icon.tsx'
import { WireText } from '../parts/wire-text.tsx'
import { language } from '../state/preferences.ts'
import { words } from '../words/words.ts'
import { MemberComparison } from './member-comparison.tsx'
import { SignedMembers } from './signed-text.tsx'

/** A cause, with the field of this page in place of the flag of the command line. */
const sayCause = (cause: Cause): string =>
  cause[language.value].replace('--true', `“${words.value.verify.truth}”`)

/** That the sandbox's key is the sandbox's goes without saying here. */
const isNews = ({ key }: Cause): boolean => key !== 'key.sandbox'

/** Sentences that a diagnosis found. */
export function CauseList({ causes }: { causes: VerifyReport['causes'] }) {
  return (
    <ul class="causes">
      {causes.filter(isNews).map((cause) => (
        <li key={cause.key + cause.en}>
          <WireText text={sayCause(cause)} />
        </li>
      ))}
    </ul>
  )
}

/** What a verification found: the outcome, why, and the signed text member by member. */
export function VerifyReportView({ report }: { report: VerifyReport }) {
  const { verify, signature, detail } = words.value
  const { verified, steps, signedText, causes, notes } = report
  const members = Object.fromEntries(steps.signed.map(({ name, text }) => [name, text]))
  return (
    <div class="stack" role="region" aria-label={verify.title}>
      <p class={verified ? 'line good' : 'line bad'}>
        <Icon name={verified ? 'check' : 'cross'} />
        <strong>{verified ? verify.good : verify.bad}</strong>
      </p>
      {causes.length > 0 && (
        <section class="block">
          <header class="block-head">
            <h3>{signature.causes}</h3>
          </header>
          <CauseList causes={causes} />
        </section>
      )}
      {notes.length > 0 && (
        <section class="block">
          <header class="block-head">
            <h3>{verify.notes}</h3>
          </header>
          <CauseList causes={notes} />
        </section>
      )}
      {signedText !== undefined && signedText !== steps.canonical && (
        <MemberComparison expected={steps.canonical} signed={signedText} members={members} />
      )}
      <section class="block">
        <header class="block-head">
          <h3>{detail.tabs.signed}</h3>
          <span class="faint">{detail.bytes(steps.bytes)}</span>
          <span class="faint mono">MD5 {steps.md5}</span>
        </header>
        <SignedMembers canonical={steps.canonical} members={members} />
      </section>
    </div>
  )
}
