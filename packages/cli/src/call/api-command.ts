import { ConfigError, type Api } from '@llpay/core'
import { PAY_TYPES } from '@llpay/core/adapter'

import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText } from '../program/errors.ts'
import {
  ASK_FLAGS,
  CALL_FLAGS,
  CHANGE_FLAGS,
  LIST_FLAGS,
  PAY_TYPES_FLAG,
} from '../program/flags.ts'
import { CALL_VARIABLES } from '../program/variables.ts'
import { examplesOf, flagName, paramFlags } from './apis.ts'
import { checkParams, paramsSource, readParams } from './params.ts'
import { runDry } from './run-dry.ts'

const WARNING = t('warning', '警告')

/** Says what LianLian assumes for the parameters that were left out. */
function warnOfAssumptions(
  api: Api,
  params: Record<string, unknown>,
  { output }: Invocation,
): void {
  for (const [name, assumed] of Object.entries(api.assumed)) {
    if (params[name] !== undefined) continue
    const flag = `--${flagName(name)}`
    output.tell(
      'careful',
      WARNING,
      t(
        `${flag} is omitted, so LianLian assumes "${assumed}". A card that was bound with another value will not be found.`,
        `未给出 ${flag}，连连支付按 "${assumed}" 处理；以其他值绑定的卡会查不到。`,
      ),
    )
  }
}

/** Products that LianLian's documents name, and that no list is queried for. */
const OTHER_PAY_TYPES = ['1', '27']

/** Warns of a product that is not known: LianLian replies that the card is not bound. */
function warnOfProduct(params: Record<string, unknown>, { output }: Invocation): void {
  const { pay_type: given } = params
  const known = [...PAY_TYPES, ...OTHER_PAY_TYPES]
  if (typeof given !== 'string' || known.includes(given)) return
  const meant = known.find((each) => each === given.trim().toUpperCase())
  const advice =
    meant === undefined
      ? t(`Known are ${known.join(', ')}.`, `已知的有 ${known.join('、')}。`)
      : t(`Did you mean ${meant}?`, `是否要用 ${meant}？`)
  output.tell(
    'careful',
    WARNING,
    t(
      `--pay-type is a product that llpay does not know. ${advice.en} With a wrong product LianLian does not find the card.`,
      `llpay 不认识 --pay-type 的产品。${advice.zh}产品有误时，连连支付会查不到该卡。`,
    ),
  )
}

/** Lists the cards of all products, which is more than one request. */
async function runAll(
  config: CliConfig,
  params: Record<string, unknown>,
  invocation: Invocation,
): Promise<number> {
  if (invocation.flags.has('dry-run')) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      errorText(
        'usage.all-dry-run',
        t(
          '--all sends several requests, and --dry-run prints one.',
          '--all 会发出多个请求，而 --dry-run 只输出一个。',
        ),
        t('Drop one of the two.', '去掉其中一个。'),
      ),
    )
  }
  const { runListAll } = await import('./run-list-all.ts')
  return runListAll(params, config, invocation)
}

async function runApi(api: Api, invocation: Invocation): Promise<number> {
  const { flags, env } = invocation
  const dryRun = flags.has('dry-run')
  const params = readParams(api, flags)
  const config = resolveConfig(flags, env, { dryRun, also: paramsSource(flags) })
  if (flags.has('all')) return runAll(config, params, invocation)
  warnOfAssumptions(api, params, invocation)
  warnOfProduct(params, invocation)
  if (dryRun) {
    return runDry(api, params, config, invocation).catch((error: unknown) => {
      // Only a failure pays for a second look, which names the flags.
      checkParams(api, params, flags)
      throw error
    })
  }
  checkParams(api, params, flags)
  const { runCall } = await import('./run-call.ts')
  return runCall(api, params, config, invocation)
}

/** Makes the command of an endpoint from its definition. */
export function apiCommand(api: Api): Command {
  return {
    flags: [
      ...paramFlags(api),
      ...(api.effect === 'change' ? CHANGE_FLAGS : []),
      ...(api.settledBy === undefined ? [] : [PAY_TYPES_FLAG]),
      ...(api.id === 'card.unbind' ? ASK_FLAGS : []),
      ...(api.id === 'card.list' ? LIST_FLAGS : []),
      ...CALL_FLAGS,
    ],
    examples: examplesOf(api),
    variables: CALL_VARIABLES,
    run: (invocation) => runApi(api, invocation),
  }
}
