import type { BoundSandboxCard } from '@llpay/sandbox'

import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { escapeText } from '../output/escape.ts'
import { table } from '../output/table.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

const COLUMNS = ['user_id', 'no_agree', 'pay_type', 'platform', 'oid_partner'] as const

/** `llpay sandbox cards list`: the cards that a running sandbox has bound. */
export const sandboxCardsList: Command = {
  flags: [
    { name: 'user-id', value: 'U', summary: 'Only the cards of this customer' },
    BASE_URL_FLAG,
  ],
  async run(invocation) {
    const { flags, output } = invocation
    const user = flags.value('user-id')
    const { cards: all } = await callControl<{ cards: readonly BoundSandboxCard[] }>(invocation, {
      path: 'cards',
    })
    const cards = user === undefined ? all : all.filter(({ user_id }) => user_id === user)
    if (output.json) {
      output.object({ ok: true, cards })
      return EXIT.done
    }
    const rows = cards.map((card) => COLUMNS.map((name) => escapeText(card[name] ?? '')))
    for (const line of table([[...COLUMNS], ...rows])) output.line(line)
    return EXIT.done
  },
}
