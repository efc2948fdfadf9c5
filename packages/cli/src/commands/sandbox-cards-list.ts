import type { BoundSandboxCard } from '@llpay/sandbox'

import { escapeText } from '../output/escape.ts'
import { t } from '../output/language.ts'
import { table } from '../output/layout.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

const COLUMNS = ['user_id', 'no_agree', 'pay_type', 'platform', 'oid_partner'] as const

/** `llpay sandbox cards list`: the cards that a running sandbox has bound. */
export const sandboxCardsList: Command = {
  flags: [
    {
      name: 'user-id',
      value: 'U',
      summary: t('Only the cards of this customer', '只列该用户的卡'),
    },
    BASE_URL_FLAG,
  ],
  examples: [
    [t('List every bound card', '列出全部已绑定的卡'), 'llpay sandbox cards list'],
    [
      t('Only those of a customer', '只列一个用户的卡'),
      'llpay sandbox cards list --user-id 1234567',
    ],
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
    if (cards.length === 0) {
      output.line(t('no cards', '没有卡'))
      return EXIT.done
    }
    const rows = cards.map((card) => COLUMNS.map((name) => escapeText(card[name] ?? '')))
    for (const line of table([[...COLUMNS], ...rows])) output.line(line)
    return EXIT.done
  },
}
