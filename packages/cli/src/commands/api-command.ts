import { ConfigError, type Api } from '@llpay/core'
import { PAY_TYPES } from '@llpay/core/adapter'

import { ASK_FLAGS, CALL_FLAGS, CHANGE_FLAGS, LIST_FLAGS, PAY_TYPES_FLAG } from '../args/flag.ts'
import { paramsSource, readParams } from '../config/read-params.ts'
import { resolveConfig, type CliConfig } from '../config/resolve-config.ts'
import type { Command, Invocation } from './command.ts'
import { flagName, paramFlags } from './param-flags.ts'
import { runDry } from './run-dry.ts'

/** Says what LianLian assumes for the parameters that were left out. */
function warnOfAssumptions(
  api: Api,
  params: Record<string, unknown>,
  { output }: Invocation,
): void {
  for (const [name, assumed] of Object.entries(api.assumed)) {
    if (params[name] !== undefined) continue
    output.tell(
      'careful',
      'warning',
      `--${flagName(name)} is omitted, so LianLian assumes "${assumed}". Where the card was bound for another one, LianLian will not find it.`,
    )
  }
}

/** Products that LianLian's documents name, and that no list is queried for. */
const OTHER_PAY_TYPES = ['1', '27']

/** Warns of a product that is not known: LianLian answers that the card is not bound. */
function warnOfProduct(params: Record<string, unknown>, { output }: Invocation): void {
  const { pay_type: given } = params
  const known = [...PAY_TYPES, ...OTHER_PAY_TYPES]
  if (typeof given !== 'string' || known.includes(given)) return
  const meant = known.find((each) => each === given.trim().toUpperCase())
  const advice = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`
  output.tell(
    'careful',
    'warning',
    `--pay-type is a product that llpay does not know. ${advice} With a wrong product LianLian does not find the card.`,
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
      '--all sends several requests, and --dry-run prints one. Leave one of the two out.',
    )
  }
  const { runListAll } = await import('./run-list-all.ts')
  return runListAll(params, config, invocation)
}

async function runApi(api: Api, invocation: Invocation): Promise<number> {
  const { flags, env } = invocation
  const dryRun = flags.has('dry-run')
  const config = resolveConfig(flags, env, { dryRun, also: paramsSource(flags) })
  const params = readParams(api, flags)
  if (flags.has('all')) return runAll(config, params, invocation)
  warnOfAssumptions(api, params, invocation)
  warnOfProduct(params, invocation)
  if (dryRun) {
    return runDry(api, params, config, invocation)
  }
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
    readsEnvironment: true,
    run: (invocation) => runApi(api, invocation),
  }
}
