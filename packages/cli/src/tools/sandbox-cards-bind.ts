import type { BoundSandboxCard } from '@llpay/sandbox'

import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { CARD_ARGS, CARD_FLAGS, countCards, namedCards } from '../sandbox/card-flags.ts'
import { callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox cards bind`: binds cards in a running sandbox. */
export const sandboxCardsBind: Command = {
  args: CARD_ARGS,
  flags: CARD_FLAGS,
  async run(invocation) {
    const { flags, output } = invocation
    const { cards } = await callControl<{ cards: readonly BoundSandboxCard[] }>(invocation, {
      method: 'POST',
      path: 'cards',
      body: { cards: namedCards(flags) },
    })
    if (output.json) output.object({ ok: true, cards })
    else output.line(`Bound ${countCards(cards.length)}.`)
    return EXIT.done
  },
}
