import {
  NOTIFICATION_FAULTS,
  type NotificationDelivery,
  type SandboxNotification,
} from '@llpay/sandbox'

import { KINDS, summarize, withoutSecrets } from '../notifications/summary.ts'
import { escapeText } from '../output/escape.ts'
import { phrase, t, type Phrase, type Text } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import type { Command, Invocation } from '../program/command.ts'
import { usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'
import { sandboxText } from '../sandbox/sandbox-texts.ts'

const FAULTS = Object.keys(NOTIFICATION_FAULTS)

const FAULT_ROWS: readonly (readonly [string, Phrase])[] = [
  ['duplicate', t('two copies at the same time', '同时发送两份')],
  [
    'reordered',
    t(
      'a later notification first: of a payout its return, else one of another order',
      '后发生的先到：代付为先退汇后成功，其余为另一笔先到',
    ),
  ],
  [
    'late',
    t('nothing arrives before the last repeat, after 58 minutes', '58 分钟后的最后一次重发才到达'),
  ],
  ['wrong-kind', t('a genuine notification of another kind', '另一种真实的通知')],
  ['forged', t('signed with another key', '由其他密钥签名')],
  ['altered', t('changed after it was signed', '签名后被改动')],
  ['other-merchant', t('names another merchant', '商户号是别的商户')],
]

const KIND = {
  name: 'KIND',
  choices: KINDS,
  reason: 'notification.kind-argument',
  refuse: usageError,
}
const FAULT = {
  name: '--fault',
  choices: FAULTS,
  reason: 'notification.fault-flag',
  refuse: usageError,
}

function readUrl(url: string | undefined): string {
  if (url !== undefined) {
    if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
    throw usageError(
      'notification.to-url',
      t(
        '--to takes a URL that begins with http:// or https://.',
        '--to 需要以 http:// 或 https:// 开头的网址。',
      ),
    )
  }
  throw usageError(
    'notification.to-flag',
    t('--to is missing.', '缺少 --to。'),
    t('Give the notify_url: where your server listens.', '给出 notify_url：你的服务器地址。'),
  )
}

/** The members of `--set NAME=VALUE`; an empty value leaves the member out. */
function readMembers(values: readonly string[]): Record<string, string | null> {
  const members: Record<string, string | null> = {}
  for (const text of values) {
    const [, name, value = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? []
    if (name === undefined) {
      throw usageError(
        'notification.set-flag',
        t('--set takes NAME=VALUE.', '--set 需要 字段=值。'),
        t(
          'An empty value leaves the member out: --set bank_code=',
          '值为空表示去掉该字段：--set bank_code=',
        ),
      )
    }
    members[name] = value === '' ? null : value
  }
  return members
}

function describe({ kind, members, deliveries, state }: SandboxNotification): Phrase {
  const what = `${kind} ${summarize(kind, members)}`
  if (deliveries.length === 0) return t(`${what}: not delivered yet`, `${what}：尚未送达`)
  if (state === 'acknowledged') return t(`${what}: acknowledged`, `${what}：已确认`)
  return t(`${what}: not acknowledged`, `${what}：未确认`)
}

function describeDelivery(delivery: NotificationDelivery): readonly [name: Text, text: Text] {
  const { status, reply, error = '', durationMs } = delivery
  return [
    status === null ? t('no response', '无响应') : `HTTP ${status}`,
    phrase((say) =>
      [escapeText((reply ?? '').trim()), say(sandboxText(error)), `${durationMs} ms`]
        .filter((part) => part !== '')
        .join('  '),
    ),
  ]
}

function print({ output }: Invocation, notification: SandboxNotification): void {
  const { kind, members, deliveries, state } = notification
  if (output.json) {
    const shown = { ...notification, members: withoutSecrets(kind, members) }
    output.object({ ok: state === 'acknowledged', notification: shown })
    return
  }
  const isDone = state === 'acknowledged'
  output.line(
    phrase((say) =>
      output.paint(isDone ? 'good' : 'careful', escapeText(say(describe(notification)))),
    ),
  )
  output.rows(deliveries.map(describeDelivery))
  if (state === 'pending') {
    output.tell(
      'faint',
      t('next', '下一步'),
      t(
        'The sandbox repeats it every two minutes, 30 deliveries in all, until it is acknowledged.',
        '沙箱每两分钟重发一次，直到被确认，共 30 次。',
      ),
    )
  }
}

/** `llpay notification send`: lets a running sandbox notify a server. */
export const notificationSend: Command = {
  args: [
    {
      name: 'KIND',
      summary: t(`What is announced: ${KINDS.join(', ')}`, `通知的种类：${KINDS.join('、')}`),
      choices: KINDS,
    },
  ],
  flags: [
    {
      name: 'to',
      value: 'URL',
      summary: t('The notify_url: where your server listens', 'notify_url：你的服务器地址'),
      required: true,
    },
    {
      name: 'set',
      value: 'NAME=VALUE',
      summary: t(
        'A member in place of the sample; an empty value leaves it out (repeatable)',
        '替换样例中的字段；值为空表示去掉（可重复）',
      ),
      multiple: true,
    },
    {
      name: 'fault',
      value: 'NAME',
      summary: t('What goes wrong; see below (default: nothing)', '模拟的问题，见下（默认：无）'),
      choices: FAULTS,
    },
    {
      name: 'once',
      summary: t('Deliver it once, acknowledged or not', '只发送一次，无论是否被确认'),
    },
    BASE_URL_FLAG,
  ],
  notes: [t('What can go wrong:', '可模拟的问题：'), FAULT_ROWS],
  examples: [
    [
      t('Notify a server on this machine of a payment', '向本机服务器发送付款通知'),
      'llpay notification send payment --to http://127.0.0.1:3000/lianlian/payment --set no_order=P1 --set money_order=49.90',
    ],
    [
      t('See whether a forged one is refused', '检查伪造的通知是否被拒绝'),
      'llpay notification send payout --to http://127.0.0.1:3000/lianlian/payout --fault forged --once',
    ],
  ],
  async run(invocation) {
    const { flags } = invocation
    const [kind = ''] = flags.args
    const fault = flags.value('fault')
    const { notification } = await callControl<{ notification: SandboxNotification }>(invocation, {
      method: 'POST',
      path: 'notifications',
      body: {
        kind: choose(kind, KIND),
        url: readUrl(flags.value('to')),
        members: readMembers(flags.values('set')),
        fault: fault === undefined ? undefined : choose(fault, FAULT),
        repeat: !flags.has('once'),
      },
    })
    print(invocation, notification)
    const { state, deliveries } = notification
    if (state === 'acknowledged' || deliveries.length === 0) return EXIT.done
    return deliveries.some(({ status }) => status !== null) ? EXIT.refused : EXIT.notDelivered
  },
}
