import type { Api } from '@llpay/core'

import type { CliConfig } from '../config/resolve-config.ts'
import { t } from '../output/language.ts'
import { printOutcome, printReply } from '../output/print-reply.ts'
import type { Invocation } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { askFirst } from './confirm.ts'
import { openClient } from './make-client.ts'

/** Calls an endpoint and prints the outcome. */
export async function runCall(
  api: Api,
  params: Readonly<Record<string, unknown>>,
  config: CliConfig,
  invocation: Invocation,
): Promise<number> {
  const { output, signal } = invocation
  const client = openClient(config, output)
  if (!(await askFirst(api, params, { client, config, invocation }))) return EXIT.interrupted
  const started = performance.now()
  const result = await client.call(api, params, { signal })
  if (output.verbose) {
    output.tell('faint', t('took', '耗时'), `${Math.round(performance.now() - started)} ms`)
  }
  if ('outcome' in result) printOutcome(api.id, result, output)
  else printReply(api, result, output)
  return EXIT.done
}
