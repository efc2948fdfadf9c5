import type { Api, EnsureUnboundParams, EnsureUnboundResult } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { paramFlags } from '../call/apis.ts'
import { askAbout } from '../call/confirm.ts'
import { openClient } from '../call/make-client.ts'
import { checkParams, paramsSource, readParams } from '../call/params.ts'
import { resolveConfig } from '../config/resolve-config.ts'
import { t } from '../output/language.ts'
import type { Output } from '../output/output.ts'
import { FACTS, outcomeText, printOutcome } from '../output/print-reply.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { ASK_FLAGS, CALL_FLAGS, PAY_TYPES_FLAG } from '../program/flags.ts'
import { CALL_VARIABLES } from '../program/variables.ts'

const ID = 'card.ensure-unbound'
const UNDECIDED = errorText(
  'not-bound.undecided',
  t(
    'No list shows the card, but the lists of some products could not be queried: LianLian refused them as products that the merchant does not have.',
    '列表中没有该卡，但有的产品无法查询：连连支付以商户未开通该产品为由拒绝。',
  ),
  t(
    'If the merchant has them, ask LianLian; else name the others with --pay-types.',
    '若商户已开通，请联系连连支付；否则用 --pay-types 指定其余产品。',
  ),
)

type NotBound = Extract<EnsureUnboundResult, { outcome: 'not-bound' }>
type Unbound = Extract<EnsureUnboundResult, { outcome: 'unbound' }>

/** The parameters, as the commands of endpoints define theirs. */
function api(): Api {
  const { pay_type: _, ...params } = catalogue.card.unbind.params
  return { ...catalogue.card.unbind, id: ID, params }
}

function printUnbound(result: Unbound, output: Output): number {
  const { payTypes, undecided } = result
  printOutcome(ID, result, output, {
    members: { payTypes, undecided },
    above: [['pay_type', payTypes.join(', ')]],
    below: [[FACTS.undecided, undecided.join(', ') || undefined]],
  })
  return EXIT.done
}

function printNotBound(result: NotBound, output: Output): number {
  const { outcome, queried, undecided, evidence } = result
  const isCertain = undecided.length === 0
  const facts = { outcome, queried, undecided, evidence }
  if (output.json) {
    const { message, hint, reason } = UNDECIDED
    const error = { name: 'NotBoundError', code: 'ERR_NOT_BOUND', message, hint, reason }
    output.object(
      isCertain
        ? { ok: true, api: ID, ...facts }
        : { ok: false, api: ID, error: { ...error, delivered: 'no' }, ...facts },
    )
    return isCertain ? EXIT.done : EXIT.refused
  }
  output.line(output.paint(isCertain ? 'good' : 'careful', outcomeText(outcome)))
  output.rows([
    [FACTS.queried, queried.join(', ')],
    [FACTS.undecided, undecided.join(', ') || undefined],
    [FACTS.evidence, evidence],
  ])
  if (isCertain) return EXIT.done
  const { message, hint } = output.language === 'zh' ? UNDECIDED.zh : UNDECIDED
  output.fail(message, hint)
  output.tell('faint', t('code', '代码'), 'ERR_NOT_BOUND')
  return EXIT.refused
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output, signal } = invocation
  const params: EnsureUnboundParams = Object.assign(Object.create(null), readParams(api(), flags))
  const config = resolveConfig(flags, env, { dryRun: false, also: paramsSource(flags) })
  checkParams(api(), { ...params }, flags)
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
    t(
      'A card that is bound for no product is "not-bound", and exits with 0: it is safe to repeat. If the lists of some products could not be queried, it exits with 3. A wrong --user-id or --platform is "not-bound" too.',
      '没有绑定在任何产品下的卡为 not-bound，退出码 0：可安全重复。有产品无法查询时退出码为 3。--user-id 或 --platform 有误时也是 not-bound。',
    ),
  ],
  examples: [
    [
      t('Unbind a card, whatever its product', '解绑一张卡，不论产品'),
      'llpay card ensure-unbound --user-id 1234567 --no-agree 2014031710002121',
    ],
    [
      t('Read the card from standard input', '从标准输入读取卡'),
      'llpay card ensure-unbound --params - < card.json',
    ],
  ],
  variables: CALL_VARIABLES,
  run,
}
