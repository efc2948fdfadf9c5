import type { Api, EnsureUnboundParams, EnsureUnboundResult } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { ASK_FLAGS, CALL_FLAGS, PAY_TYPES_FLAG } from '../args/flag.ts'
import { askAbout } from '../commands/ask-first.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { openClient } from '../commands/make-client.ts'
import { paramFlags } from '../commands/param-flags.ts'
import { paramsSource, readParams } from '../config/read-params.ts'
import { resolveConfig } from '../config/resolve-config.ts'
import { EXIT } from '../exit-code.ts'
import { escapeText } from '../output/escape.ts'
import type { Output } from '../output/output.ts'
import { rows } from '../output/rows.ts'

const ID = 'card.ensure-unbound'
const UNDECIDED =
  'No list shows the card, but the lists of some products could not be queried: LianLian refused them as products that the merchant does not have. If it has them, ask LianLian; else name the others with --pay-types.'

type NotBound = Extract<EnsureUnboundResult, { outcome: 'not-bound' }>
type Unbound = Extract<EnsureUnboundResult, { outcome: 'unbound' }>

/** The parameters, as the commands of endpoints define theirs. */
function api(): Api {
  const { pay_type: _, ...params } = catalogue.card.unbind.params
  return { ...catalogue.card.unbind, id: ID, params }
}

function printUnbound(result: Unbound, output: Output): number {
  const { outcome, payTypes, evidence, reply, attempts, undecided } = result
  const { signature } = reply
  const ret_code: unknown = Reflect.get(reply.fields, 'ret_code')
  const ret_msg: unknown = Reflect.get(reply.fields, 'ret_msg')
  if (output.json) {
    const said = { ret_code, ret_msg, signature }
    output.object({ ok: true, api: ID, outcome, payTypes, evidence, ...said, attempts, undecided })
    return EXIT.done
  }
  output.line(output.paint('good', outcome))
  const facts: (readonly [string, string])[] = [
    ['pay_type', payTypes.join(', ')],
    ['evidence', evidence],
    ['ret_code', String(ret_code)],
  ]
  if (typeof ret_msg === 'string') facts.push(['ret_msg', escapeText(ret_msg)])
  facts.push(['signature', signature])
  if (undecided.length > 0) facts.push(['undecided', undecided.join(', ')])
  for (const line of rows(facts)) output.line(line)
  return EXIT.done
}

function printNotBound(result: NotBound, output: Output): number {
  const { outcome, queried, undecided, evidence } = result
  const isCertain = undecided.length === 0
  const facts = { outcome, queried, undecided, evidence }
  if (output.json) {
    const error = { name: 'NotBoundError', code: 'ERR_NOT_BOUND', message: UNDECIDED } as const
    output.object(
      isCertain
        ? { ok: true, api: ID, ...facts }
        : { ok: false, api: ID, error: { ...error, delivered: 'no' }, ...facts },
    )
    return isCertain ? EXIT.done : EXIT.refused
  }
  output.line(output.paint(isCertain ? 'good' : 'careful', outcome))
  output.line(`queried    ${queried.join(', ')}`)
  if (!isCertain) output.line(`undecided  ${undecided.join(', ')}`)
  output.line(`evidence   ${evidence}`)
  if (isCertain) return EXIT.done
  output.tell('bad', 'error', UNDECIDED)
  output.tell('faint', 'code', 'ERR_NOT_BOUND')
  return EXIT.refused
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output, signal } = invocation
  const config = resolveConfig(flags, env, { dryRun: false, also: paramsSource(flags) })
  // What is missing or wrong is refused by the call, before anything is sent.
  const params: EnsureUnboundParams = Object.assign(Object.create(null), readParams(api(), flags))
  const client = openClient(config, output)
  const findCard = async () => {
    const { no_agree, ...customer } = params
    const { cards } = await client.card.listAll(customer, { signal })
    return cards.find((card) => card.no_agree === no_agree)
  }
  if (!(await askAbout(findCard, config, invocation))) return EXIT.interrupted
  const result = await client.card.ensureUnbound(params, { signal })
  return result.outcome === 'unbound' ? printUnbound(result, output) : printNotBound(result, output)
}

/** `llpay card ensure-unbound`: unbinds a card for whichever products it is bound for. */
export const ensureUnbound: Command = {
  flags: [
    ...paramFlags(api()),
    PAY_TYPES_FLAG,
    ...ASK_FLAGS,
    ...CALL_FLAGS.filter(({ name }) => name !== 'dry-run'),
  ],
  notes: [
    'A card that is bound for no product is "not-bound", and ends with 0: it is safe to repeat. Where the lists of some products could not be queried, it ends with 3. A wrong --user-id or --platform is "not-bound" too.',
  ],
  readsEnvironment: true,
  run,
}
