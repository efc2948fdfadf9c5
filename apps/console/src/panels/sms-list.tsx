import { useEffect, useState } from 'preact/hooks'

import { CopyButton } from '../parts/copy-button.tsx'
import { remaining } from '../parts/times.ts'
import { WireLine } from '../parts/wire-text.tsx'
import { clockOffset, sms } from '../state/sandbox-state.ts'
import type { Sms } from '../wire/control-api.ts'
import { words } from '../words/words.ts'

const SECOND_MS = 1000

/** The time, once a second while somebody waits for a code to expire. */
function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    if (!isNeeded) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [isNeeded])
  return now
}

function SmsRow({ each, now }: { each: Sms; now: number }) {
  const { sms: texts, copy } = words.value
  const left = each.expiresAt - now - clockOffset.value
  return (
    <li class="sms">
      <span class="sms-facts">
        <span class="sms-code numbers">{each.code}</span>
        <WireLine text={each.user_id} length={24} />
        <span class="faint">
          {texts.token} <WireLine text={each.token} length={8} />
        </span>
        <span class="faint numbers">
          {left > 0 ? texts.expires(remaining(left)) : texts.expired}
        </span>
      </span>
      <CopyButton
        label={copy}
        text={() => `--token ${each.token} --verify-code ${each.code}`}
        class="quiet small"
      />
    </li>
  )
}

/** The codes that were "sent" to customers who are binding a card. */
export function SmsList({ title }: { title: string }) {
  const texts = words.value.sms
  const all = sms.value
  const now = useNow(all.length > 0)
  if (all.length === 0) {
    return (
      <div class="blank">
        <p>{texts.none}</p>
        <p class="faint">{texts.noneHint}</p>
      </div>
    )
  }
  return (
    <ul class="scroll sms-list" tabIndex={0} aria-labelledby={title}>
      {all.toReversed().map((each) => (
        <SmsRow key={each.token} each={each} now={now} />
      ))}
    </ul>
  )
}
