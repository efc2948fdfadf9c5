import { readReplyFacts } from '../model/reply-facts.ts'
import type { ReplySignature } from '../model/verify-reply.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { WireText } from '../parts/wire-text.tsx'
import { publicKeys } from '../state/sandbox-state.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'
import { MemberJson } from './member-json.tsx'

const LOOK: Readonly<Record<ReplySignature, readonly [tone: string, icon: IconName]>> = {
  verified: ['good', 'check'],
  invalid: ['bad', 'cross'],
  absent: ['calm', 'minus'],
}

function ReplySignatureLine({ entry }: { entry: JournalEntry }) {
  const { signature } = words.value
  const key = publicKeys.value.gateway
  const verdict = useLoaded(async () => {
    // Loaded here: the verifier is as large as half of the page.
    const { verifyReply } = await import('../model/verify-reply.ts')
    return verifyReply(entry, key)
  }, [entry, key])
  if (verdict === undefined) return null
  const [tone, icon] = LOOK[verdict]
  const texts = {
    verified: signature.replyVerified,
    invalid: signature.replyNotVerified,
    absent: signature.replyUnsigned,
  }
  return (
    <p class={`line ${tone}`}>
      <Icon name={icon} />
      {texts[verdict]}
    </p>
  )
}

/** What was sent back, and whether its signature is good. */
export function ReplyView({ entry }: { entry: JournalEntry }) {
  const { detail, copy } = words.value
  const { reply } = entry
  if (reply === null) {
    return (
      <p class="line warn">
        <Icon name="bolt" />
        {detail.dropped}
      </p>
    )
  }
  const { members } = readReplyFacts(entry)
  const isObject = Object.keys(members).length > 0
  return (
    <div class="stack">
      {isObject && <ReplySignatureLine entry={entry} />}
      <section class="block">
        <header class="block-head">
          <h3>{isObject ? 'JSON' : detail.raw}</h3>
          <span class="faint">
            {detail.replyStatus} {entry.status}
          </span>
          <span class="grow" />
          <CopyButton label={copy} text={() => reply} class="quiet small" />
        </header>
        {isObject ? (
          <MemberJson members={members} />
        ) : (
          <pre class="json" tabIndex={0}>
            <WireText text={reply} />
          </pre>
        )}
      </section>
    </div>
  )
}
