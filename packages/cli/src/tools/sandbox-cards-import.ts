import { ConfigError } from '@llpay/core'
import { readCards } from '@llpay/sandbox'

import type { Command } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { EXIT } from '../exit-code.ts'
import { countCards } from '../sandbox/card-flags.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

/** A body holds 1 MiB at most; a card takes some 200 bytes. */
const BATCH = 2000

/** `llpay sandbox cards import`: binds the cards of a file in a running sandbox. */
export const sandboxCardsImport: Command = {
  args: [
    {
      name: 'FILE',
      summary:
        'CSV whose first line names the columns, such as user_id,no_agree,pay_type; or one JSON object a line; - is stdin',
    },
  ],
  flags: [BASE_URL_FLAG],
  async run(invocation) {
    const { flags, output } = invocation
    const [file = ''] = flags.args
    const text = new TextDecoder().decode(readFile(file, 'The file of cards'))
    const cards = await readCards(text).catch((error: unknown) => {
      throw error instanceof Error ? new ConfigError('ERR_CONFIG_INVALID', error.message) : error
    })
    for (let at = 0; at < cards.length; at += BATCH) {
      const body = { cards: cards.slice(at, at + BATCH) }
      await callControl(invocation, { method: 'POST', path: 'cards', body })
    }
    if (output.json) output.object({ ok: true, imported: cards.length })
    else output.line(`Bound ${countCards(cards.length)}.`)
    return EXIT.done
  },
}
