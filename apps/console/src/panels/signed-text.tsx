import { readReceivedJson } from '../model/received-json.ts'
import { leftOut, splitCanonical } from '../model/signed-members.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { WireText } from '../parts/wire-text.tsx'
import { linkMember } from '../state/hovered.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'
import { MemberJson } from './member-json.tsx'

/** The members of a signed text, one per line, joined by `&`. */
export function SignedMembers(props: {
  canonical: string
  members: Readonly<Record<string, string>>
}) {
  const rows = splitCanonical(props.canonical, props.members)
  return (
    <ol class="signed" tabIndex={0} aria-label={words.value.detail.tabs.signed}>
      {rows.map(({ name, value }, index) => (
        <li key={name} class="signed-line member" {...linkMember(name)}>
          <span class="joint">{index === 0 ? '' : '&'}</span>
          <span class="signed-member">
            <span class="signed-name">
              <WireText text={name} />=
            </span>
            <WireText text={value} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** What a request's signature covers, beside the JSON that it came from. */
export function SignedText({ entry }: { entry: JournalEntry }) {
  const { detail, copy } = words.value
  const { canonical } = entry
  if (canonical === null) return <p class="blank">{detail.noSigned}</p>
  const omitted = leftOut(entry.members)
  return (
    <div class="two">
      <section class="block">
        <header class="block-head">
          <h3>{detail.tabs.signed}</h3>
          {!entry.truncated && (
            <span class="faint">{detail.bytes(new TextEncoder().encode(canonical).length)}</span>
          )}
          <span class="grow" />
          <CopyButton label={copy} text={() => canonical} class="quiet small" />
        </header>
        <SignedMembers canonical={canonical} members={entry.members} />
        {omitted.length > 0 && (
          <p class="note">
            {detail.leftOut}:{' '}
            {omitted.map(({ name, why }, index) => (
              <span key={name} class="member" {...linkMember(name)}>
                {index > 0 && ', '}
                <code>
                  <WireText text={name} />
                </code>{' '}
                {detail.leftOutWhy[why]}
              </span>
            ))}
          </p>
        )}
        <p class="note">{detail.signedHint}</p>
      </section>
      <section class="block">
        <header class="block-head">
          <h3>{detail.json}</h3>
        </header>
        <MemberJson {...readReceivedJson(entry)} />
      </section>
    </div>
  )
}
