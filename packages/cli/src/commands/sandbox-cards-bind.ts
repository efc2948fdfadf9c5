import type { BoundSandboxCard } from '@llpay/sandbox'

import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { CARD_ARGS, CARD_FLAGS, countCards, namedCards } from '../sandbox/cards.ts'
import { callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox cards bind`: binds cards in a running sandbox. */
export const sandboxCardsBind: Command = {
  args: CARD_ARGS,
  flags: CARD_FLAGS,
  examples: [
    [t('Bind a card', '绑定一张卡'), 'llpay sandbox cards bind 1234567:2014031710002121:D'],
    [
      t('The same, with flags', '同上，用选项'),
      'llpay sandbox cards bind --user-id 1234567 --no-agree 2014031710002121',
    ],
  ],
  async run(invocation) {
    const { flags, output } = invocation
    const { cards } = await callControl<{ cards: readonly BoundSandboxCard[] }>(invocation, {
      method: 'POST',
      path: 'cards',
      body: { cards: namedCards(flags) },
    })
    if (output.json) output.object({ ok: true, cards })
    else output.line(countCards('Bound', '已绑定', cards.length))
    return EXIT.done
  },
}
