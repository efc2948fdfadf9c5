import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { CARD_ARGS, CARD_FLAGS, countCards, namedCards } from '../sandbox/card-flags.ts'
import { callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox cards unbind`: unbinds cards in a running sandbox, without a request to an endpoint. */
export const sandboxCardsUnbind: Command = {
  args: CARD_ARGS,
  flags: CARD_FLAGS,
  async run(invocation) {
    const { flags, output } = invocation
    const cards = namedCards(flags)
    for (const card of cards) {
      await callControl(invocation, { method: 'DELETE', path: 'cards', body: card })
    }
    if (output.json) output.object({ ok: true, unbound: cards.length })
    else output.line(`Unbound ${countCards(cards.length)}.`)
    return EXIT.done
  },
}
