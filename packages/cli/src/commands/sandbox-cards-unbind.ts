import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { CARD_ARGS, CARD_FLAGS, countCards, namedCards } from '../sandbox/cards.ts'
import { callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox cards unbind`: unbinds cards in a running sandbox, without a request to an endpoint. */
export const sandboxCardsUnbind: Command = {
  args: CARD_ARGS,
  flags: CARD_FLAGS,
  examples: [
    [t('Unbind a card', '解绑一张卡'), 'llpay sandbox cards unbind 1234567:2014031710002121:D'],
    [
      t('The same, with flags', '同上，用选项'),
      'llpay sandbox cards unbind --user-id 1234567 --no-agree 2014031710002121',
    ],
  ],
  async run(invocation) {
    const { flags, output } = invocation
    const cards = namedCards(flags)
    for (const card of cards) {
      await callControl(invocation, { method: 'DELETE', path: 'cards', body: card })
    }
    if (output.json) output.object({ ok: true, unbound: cards.length })
    else output.line(countCards('Unbound', '已解绑', cards.length))
    return EXIT.done
  },
}
