import { parseScenario, scenarioNames, type ArmedScenario } from '@llpay/sandbox'

import { wholeNumber } from '../bulk/whole-number.ts'
import { listApis } from '../call/apis.ts'
import { escapeText } from '../output/escape.ts'
import { phrase, t, type Phrase } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { invalidError, usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'
import { parseApi } from '../sandbox/sandbox-flags.ts'
import { SCENARIO_ROWS } from '../sandbox/sandbox-texts.ts'

const OFF = 'off'

function percentOf({ flags }: Invocation): number | undefined {
  const text = flags.value('percent')
  if (text === undefined) return undefined
  const percent = /^[0-9]{1,3}(?:\.[0-9]{1,3})?$/.test(text) ? Number(text) : 0
  if (percent > 0 && percent <= 100) return percent
  throw usageError(
    'sandbox.percent-flag',
    t('--percent takes a number above 0, up to 100.', '--percent 需要大于 0、不超过 100 的数字。'),
  )
}

/** How many requests the scenario is for; `undefined` for all. */
const nextOf = ({ flags }: Invocation): number | undefined =>
  flags.value('next') === undefined ? undefined : wholeNumber(flags, 'next', 1)

function describe(armed: ArmedScenario): Phrase {
  const { id, scenario, api, user_id, no_agree, next, percent } = armed
  const target = [api, user_id, no_agree].filter((part) => part !== undefined).join(' ')
  const often: Phrase[] = [
    ...(next === undefined ? [] : [t(`next ${next}`, `接下来 ${next} 个`)]),
    ...(percent === undefined ? [] : [t(`${percent} %`, `${percent} %`)]),
  ]
  const where = target === '' ? t('every endpoint', '所有接口') : t(target, target)
  const when = often.length === 0 ? [t('every request', '每个请求')] : often
  const text = t(
    `${id}  ${scenario} for ${where.en}, ${when.map(({ en }) => en).join(', ')}`,
    `${id}  ${scenario}：${where.zh}，${when.map(({ zh }) => zh).join('，')}`,
  )
  return t(escapeText(text.en), escapeText(text.zh))
}

const NOTHING = t('No scenario is armed: replies are normal.', '未启用场景：应答正常。')

async function list(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const { scenarios } = await callControl<{ scenarios: readonly ArmedScenario[] }>(invocation, {
    path: 'scenarios',
  })
  if (output.json) output.object({ ok: true, scenarios })
  else if (scenarios.length === 0) output.line(NOTHING)
  else for (const each of scenarios) output.line(describe(each))
  return EXIT.done
}

async function disarm(invocation: Invocation): Promise<number> {
  const { output } = invocation
  await callControl(invocation, { method: 'DELETE', path: 'scenarios' })
  if (output.json) output.object({ ok: true, scenarios: [] })
  else output.line(NOTHING)
  return EXIT.done
}

/** Refuses a scenario that there is not, or an argument that it does not take, in the user's language. */
function checkScenario(scenario: string): void {
  const names: readonly string[] = scenarioNames()
  const [name = ''] = scenario.split(':')
  // An old name of `normal`.
  if (names.includes(name) || name === 'usual') {
    parseScenario(scenario)
    return
  }
  throw invalidError(
    'sandbox.unknown-scenario',
    t('There is no such scenario.', '没有这个场景。'),
    t(`Choose one of ${names.join(', ')}.`, `可选：${names.join('、')}。`),
  )
}

async function arm(invocation: Invocation, scenario: string): Promise<number> {
  checkScenario(scenario)
  const { flags, output } = invocation
  const api = flags.value('api')
  if (api !== undefined) parseApi('--api', api)
  const armed = await callControl<{ scenario: ArmedScenario }>(invocation, {
    method: 'POST',
    path: 'scenarios',
    body: {
      scenario,
      api,
      user_id: flags.value('user-id'),
      no_agree: flags.value('no-agree'),
      next: nextOf(invocation),
      percent: percentOf(invocation),
    },
  })
  if (output.json) output.object({ ok: true, ...armed })
  else
    output.line(phrase((say) => `${say(t('Armed: ', '已启用：'))}${say(describe(armed.scenario))}`))
  return EXIT.done
}

/** `llpay sandbox play`: makes a running sandbox misbehave. */
export const sandboxPlay: Command = {
  args: [
    {
      name: 'SCENARIO',
      summary: t(
        `What to play; see below. "${OFF}" disarms every scenario (default: list what is armed)`,
        `要模拟的故障，见下；${OFF} 停用全部场景（默认：列出已启用的）`,
      ),
      optional: true,
      choices: [...scenarioNames(), OFF],
    },
  ],
  flags: [
    {
      name: 'api',
      value: 'ENDPOINT',
      summary: t('Only for this endpoint, such as card.unbind', '只对该接口，如 card.unbind'),
      choices: listApis().map(({ id }) => id),
    },
    { name: 'user-id', value: 'U', summary: t('Only for this customer', '只对该用户') },
    { name: 'no-agree', value: 'N', summary: t('Only for this agreement', '只对该协议号') },
    {
      name: 'next',
      value: 'N',
      summary: t(
        'Only for the next N requests (default: every request)',
        '只对接下来 N 个请求（默认：每个请求）',
      ),
    },
    {
      name: 'percent',
      value: 'P',
      summary: t('For P percent of the requests (default: 100)', '对百分之 P 的请求（默认：100）'),
    },
    BASE_URL_FLAG,
  ],
  notes: [
    t('Scenarios:', '场景：'),
    SCENARIO_ROWS,
    t(
      'What is armed with --next is played first, in the order it was armed.',
      '用 --next 启用的场景先播放，按启用顺序。',
    ),
  ],
  examples: [
    [t('Lose the next reply', '丢失下一个应答'), 'llpay sandbox play close-after --next 1'],
    [
      t('Fail a tenth of the unbinds', '让十分之一的解绑失败'),
      'llpay sandbox play status:503 --api card.unbind --percent 10',
    ],
    [t('Reply normally again', '恢复正常应答'), 'llpay sandbox play off'],
  ],
  async run(invocation) {
    const [scenario] = invocation.flags.args
    if (scenario === undefined) return list(invocation)
    return scenario === OFF ? disarm(invocation) : arm(invocation, scenario)
  },
}
