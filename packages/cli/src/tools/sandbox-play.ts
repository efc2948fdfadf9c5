import { ConfigError } from '@llpay/core'
import { scenarioNames, SCENARIOS, type ArmedScenario } from '@llpay/sandbox'

import type { Command, Invocation } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { escapeText } from '../output/escape.ts'
import type { Row } from '../output/rows.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

const OFF = 'off'

function numberOf({ flags }: Invocation, name: string): number | undefined {
  const text = flags.value(name)
  if (text === undefined) return undefined
  if (/^[0-9]{1,10}(?:\.[0-9]{1,3})?$/.test(text)) return Number(text)
  throw new ConfigError('ERR_CONFIG_USAGE', `--${name} takes a number.`)
}

function describe({ id, scenario, api, user_id, no_agree, next, percent }: ArmedScenario): string {
  const target = [api, user_id, no_agree].filter((part) => part !== undefined).join(' ')
  const often = [
    ...(next === undefined ? [] : [`next ${next}`]),
    ...(percent === undefined ? [] : [`${percent} %`]),
  ]
  return `${id}  ${scenario} for ${target === '' ? 'every endpoint' : target}, ${often.length === 0 ? 'every request' : often.join(', ')}`
}

async function list(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const { scenarios } = await callControl<{ scenarios: readonly ArmedScenario[] }>(invocation, {
    path: 'scenarios',
  })
  if (output.json) output.object({ ok: true, scenarios })
  else if (scenarios.length === 0) output.line('No scenario is armed: replies are normal.')
  else for (const each of scenarios) output.line(escapeText(describe(each)))
  return EXIT.done
}

async function disarm(invocation: Invocation): Promise<number> {
  const { output } = invocation
  await callControl(invocation, { method: 'DELETE', path: 'scenarios' })
  if (output.json) output.object({ ok: true, scenarios: [] })
  else output.line('No scenario is armed: replies are normal.')
  return EXIT.done
}

async function arm(invocation: Invocation, scenario: string): Promise<number> {
  const { flags, output } = invocation
  const armed = await callControl<{ scenario: ArmedScenario }>(invocation, {
    method: 'POST',
    path: 'scenarios',
    body: {
      scenario,
      api: flags.value('api'),
      user_id: flags.value('user-id'),
      no_agree: flags.value('no-agree'),
      next: numberOf(invocation, 'next'),
      percent: numberOf(invocation, 'percent'),
    },
  })
  if (output.json) output.object({ ok: true, ...armed })
  else output.line(`Armed: ${escapeText(describe(armed.scenario))}`)
  return EXIT.done
}

/** `llpay sandbox play`: makes a running sandbox misbehave. */
export const sandboxPlay: Command = {
  args: [
    {
      name: 'SCENARIO',
      summary: `What to play; see below. ${OFF} disarms every scenario; without one, those that are armed are listed`,
      optional: true,
      choices: [...scenarioNames(), OFF],
    },
  ],
  flags: [
    { name: 'api', value: 'ENDPOINT', summary: 'Only for this endpoint, such as card.unbind' },
    { name: 'user-id', value: 'U', summary: 'Only for this customer' },
    { name: 'no-agree', value: 'N', summary: 'Only for this agreement' },
    { name: 'next', value: 'N', summary: 'Only for the next N requests (default: every request)' },
    { name: 'percent', value: 'P', summary: 'For P of a hundred requests (default: 100)' },
    BASE_URL_FLAG,
  ],
  notes: [
    'Scenarios:',
    scenarioNames().map((name): Row => [name, SCENARIOS[name].summary]),
    'What is armed with --next is played first, in the order it was armed.',
  ],
  async run(invocation) {
    const [scenario] = invocation.flags.args
    if (scenario === undefined) return list(invocation)
    return scenario === OFF ? disarm(invocation) : arm(invocation, scenario)
  },
}
