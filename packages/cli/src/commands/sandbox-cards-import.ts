import { readCards } from '@llpay/sandbox'

import { readFile } from '../config/files.ts'
import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { invalidError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { countCards } from '../sandbox/cards.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'
import { sandboxText } from '../sandbox/sandbox-texts.ts'

/** A body holds 1 MiB at most; a card takes some 200 bytes. */
const BATCH = 2000

/** `llpay sandbox cards import`: binds the cards of a file in a running sandbox. */
export const sandboxCardsImport: Command = {
  args: [
    {
      name: 'FILE',
      summary: t(
        'CSV with a header line such as user_id,no_agree,pay_type, or one JSON object per line; - is stdin',
        'CSV（首行为列名，如 user_id,no_agree,pay_type），或每行一个 JSON 对象；- 为标准输入',
      ),
    },
  ],
  flags: [BASE_URL_FLAG],
  examples: [
    [t('Bind the cards of a file', '绑定文件中的卡'), 'llpay sandbox cards import cards.csv'],
    [
      t('Bind those of standard input', '绑定标准输入中的卡'),
      'llpay sandbox cards import - < cards.ndjson',
    ],
  ],
  async run(invocation) {
    const { flags, output } = invocation
    const [file = ''] = flags.args
    const text = new TextDecoder().decode(readFile(file, t('The file of cards', '卡文件')))
    const cards = await readCards(text).catch((error: unknown) => {
      throw error instanceof Error
        ? invalidError('cards.unreadable', sandboxText(error.message))
        : error
    })
    for (let at = 0; at < cards.length; at += BATCH) {
      const body = { cards: cards.slice(at, at + BATCH) }
      await callControl(invocation, { method: 'POST', path: 'cards', body })
    }
    if (output.json) output.object({ ok: true, imported: cards.length })
    else output.line(countCards('Bound', '已绑定', cards.length))
    return EXIT.done
  },
}
