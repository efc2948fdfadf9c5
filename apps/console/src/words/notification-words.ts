import { KIND_SUMMARIES, type NotificationKind } from '@llpay/core/notifications'
import { computed } from '@preact/signals'

import { language } from '../state/preferences.ts'
import type { NotificationFault, SandboxNotification } from '../wire/records.ts'

/** The kinds of notifications, in the order in which the page lists them. */
export const KINDS: readonly NotificationKind[] = [
  'payment',
  'refund',
  'payout',
  'bind',
  'exchange',
]

/** What can go wrong with one. */
export const FAULTS: readonly NotificationFault[] = [
  'duplicate',
  'reordered',
  'late',
  'wrong-kind',
  'forged',
  'altered',
  'other-merchant',
]

interface NotificationWords {
  readonly title: (id: number) => string
  readonly none: string
  readonly noneHint: string
  readonly states: Readonly<Record<SandboxNotification['state'], string>>
  readonly deliveries: (count: number) => string
  readonly resend: string
  readonly resendLabel: (id: number) => string
  readonly log: string
  readonly notDelivered: string
  readonly noResponse: string
  readonly members: string
  readonly form: Readonly<
    Record<
      | 'title'
      | 'hint'
      | 'kind'
      | 'fault'
      | 'noFault'
      | 'members'
      | 'membersHint'
      | 'repeat'
      | 'submit'
      | 'sending',
      string
    >
  >
  readonly kinds: Readonly<Record<NotificationKind, string>>
  readonly faults: Readonly<Record<NotificationFault, string>>
}

const summariesIn = (tongue: 'en' | 'zh'): Readonly<Record<NotificationKind, string>> => ({
  payment: KIND_SUMMARIES.payment[tongue],
  refund: KIND_SUMMARIES.refund[tongue],
  payout: KIND_SUMMARIES.payout[tongue],
  bind: KIND_SUMMARIES.bind[tongue],
  exchange: KIND_SUMMARIES.exchange[tongue],
})

const en: NotificationWords = {
  title: (id) => `Notification ${id}`,
  none: 'No notification was sent.',
  noneHint: 'Send one here, or with llpay notification send.',
  states: { pending: 'pending', acknowledged: 'acknowledged', 'given-up': 'given up' },
  deliveries: (count) => (count === 1 ? '1 delivery' : `${count} deliveries`),
  resend: 'Resend',
  resendLabel: (id) => `Resend notification ${id}`,
  log: 'Deliveries',
  notDelivered: 'Not delivered yet.',
  noResponse: 'no response',
  members: 'Members as sent',
  form: {
    title: 'Send a notification',
    hint: 'The sandbox signs it with the gateway key, and delivers it as LianLian does.',
    kind: 'Kind',
    fault: 'Fault',
    noFault: 'none',
    members: 'Members',
    membersHint: 'They replace those of the sample. A member without a value is left out.',
    repeat: 'Repeat every 2 minutes until it is acknowledged, 30 deliveries in all',
    submit: 'Send',
    sending: 'Sending',
  },
  kinds: summariesIn('en'),
  faults: {
    duplicate: 'Delivers two copies at the same time',
    reordered:
      'Delivers a later notification first: the return of the same payout, or one of another order',
    late: 'Delivers nothing for 58 minutes, as if every delivery but the last were lost',
    'wrong-kind': 'Delivers a genuine notification of another kind',
    forged: 'Signs it with a key that is not the gateway key',
    altered: 'Changes its amount or number after signing',
    'other-merchant': 'Names another merchant, and signs that',
  },
}

const zh: NotificationWords = {
  title: (id) => `通知 ${id}`,
  none: '尚未发送通知。',
  noneHint: '在此发送，或运行 llpay notification send。',
  states: { pending: '待确认', acknowledged: '已确认', 'given-up': '已放弃' },
  deliveries: (count) => `已投递 ${count} 次`,
  resend: '重新投递',
  resendLabel: (id) => `重新投递通知 ${id}`,
  log: '投递记录',
  notDelivered: '尚未投递。',
  noResponse: '无响应',
  members: '发送的字段',
  form: {
    title: '发送通知',
    hint: '沙箱用网关私钥签名，并像连连支付一样投递。',
    kind: '类型',
    fault: '故障',
    noFault: '无',
    members: '字段',
    membersHint: '替换示例中的同名字段；值为空的字段不发送。',
    repeat: '每 2 分钟重复一次，直到收到确认，最多投递 30 次',
    submit: '发送',
    sending: '发送中',
  },
  kinds: summariesIn('zh'),
  faults: {
    duplicate: '同时投递两份',
    reordered: '先投递较晚的通知：代付为其退汇，其他类型为另一笔订单',
    late: '58 分钟内不投递，如同只有最后一次送达',
    'wrong-kind': '投递另一类型的真实通知',
    forged: '用非网关的密钥签名',
    altered: '签名之后改动金额或编号',
    'other-merchant': '写另一个商户号并签名',
  },
}

/** The texts about notifications in the language of the page. */
export const notificationWords = computed(() => (language.value === 'zh' ? zh : en))
