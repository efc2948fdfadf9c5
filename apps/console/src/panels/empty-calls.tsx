import { CopyButton } from '../parts/copy-button.tsx'
import { writeAssignments, quoteShell } from '../snippets/quote.ts'
import { cards, environment } from '../state/sandbox-state.ts'
import { words } from '../words/words.ts'

const SAMPLE = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }

/** A command that makes the first call appear: it unbinds the first bound card. */
function firstCommand(): string {
  const { user_id, no_agree, pay_type } = cards.value[0] ?? SAMPLE
  const product = pay_type === undefined ? '' : ` --pay-type ${quoteShell(pay_type)}`
  return `llpay unbind --user-id ${quoteShell(user_id)} --no-agree ${quoteShell(no_agree)}${product}`
}

/** What the list says before anything has arrived. */
export function EmptyCalls() {
  const { calls, copy } = words.value
  const command = `${writeAssignments(environment.value)}${firstCommand()}`
  const shown = command.replaceAll(/='-----BEGIN [^']*'/g, "='…'")
  return (
    <div class="empty">
      <h3>{calls.emptyTitle}</h3>
      <p>{calls.emptyText}</p>
      <div class="code-line">
        <code tabIndex={0}>{shown}</code>
        <CopyButton label={copy} text={() => `${command}\n`} class="primary" />
      </div>
    </div>
  )
}
