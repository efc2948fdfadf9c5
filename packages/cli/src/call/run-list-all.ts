import type { ListAllParams } from '@llpay/core'

import type { CliConfig } from '../config/resolve-config.ts'
import { t } from '../output/language.ts'
import { FACTS, printList } from '../output/print-reply.ts'
import type { Invocation } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { openClient } from './make-client.ts'

/** Prints the cards of a customer for all products. */
export async function runListAll(
  given: Readonly<Record<string, unknown>>,
  config: CliConfig,
  { output, signal }: Invocation,
): Promise<number> {
  // What is missing or wrong is refused by the call, before anything is sent.
  const params: ListAllParams = Object.assign(Object.create(null), given)
  const { cards, undecided } = await openClient(config, output).card.listAll(params, { signal })
  if (output.json) {
    output.object({ ok: true, api: 'card.list', cards, undecided })
    return EXIT.done
  }
  if (cards.length === 0) {
    output.line(t('no cards', '没有卡'))
  } else {
    output.line(t('cards (not covered by a signature)', '卡（不在签名范围内）'))
    printList(cards, output)
  }
  output.rows([[FACTS.undecided, undecided.join(', ') || undefined]])
  return EXIT.done
}
