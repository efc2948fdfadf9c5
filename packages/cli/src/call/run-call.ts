import type { Api, ChangeResult } from '@llpay/core'

import type { CliConfig } from '../config/resolve-config.ts'
import { escapeText } from '../output/escape.ts'
import { t } from '../output/language.ts'
import type { Output } from '../output/output.ts'
import { FACTS, outcomeText, printReply } from '../output/print-reply.ts'
import type { Invocation } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { askFirst } from './confirm.ts'
import { openClient } from './make-client.ts'

function printChange(
  api: Api,
  { outcome, evidence, reply, attempts }: ChangeResult<string, object>,
  output: Output,
): void {
  const fields = new Map<string, unknown>(Object.entries(reply.fields))
  const ret_code = fields.get('ret_code')
  const ret_msg = fields.get('ret_msg')
  const { signature } = reply
  if (output.json) {
    const facts = { outcome, evidence, ret_code, ret_msg, signature, attempts }
    output.object({ ok: true, api: api.id, ...facts })
    return
  }
  output.line(output.paint('good', outcomeText(outcome)))
  output.rows([
    [FACTS.evidence, evidence],
    ['ret_code', String(ret_code)],
    ...(typeof ret_msg === 'string' ? [['ret_msg', escapeText(ret_msg)] as const] : []),
    [FACTS.signature, signature],
  ])
}

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
  if ('outcome' in result) printChange(api, result, output)
  else printReply(api, result, output)
  return EXIT.done
}
