import type { ListAllParams } from '@llpay/core'

import type { CliConfig } from '../config/resolve-config.ts'
import { EXIT } from '../exit-code.ts'
import { rowsOf } from '../output/print-reply.ts'
import type { Invocation } from './command.ts'
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
    output.line('no cards')
  } else {
    output.line(output.paint('faint', 'cards (not covered by a signature)'))
    for (const line of rowsOf(cards)) output.line(line)
  }
  if (undecided.length > 0) output.line(`undecided  ${undecided.join(', ')}`)
  return EXIT.done
}
