import {
  type KindDefinition,
  NOTIFICATIONS,
  type NotificationKind,
} from '@llpay/core/notifications'

/** Whether a word names a kind. */
export const isKind = (text: string | undefined): text is NotificationKind =>
  text !== undefined && Object.hasOwn(NOTIFICATIONS, text)

/** Every kind of notifications. */
export const KINDS: readonly NotificationKind[] = Object.keys(NOTIFICATIONS).filter(isKind)

type Members = Readonly<Record<string, string | undefined>>

/** The member in which a kind says how it went. */
const RESULTS: Readonly<Record<NotificationKind, string>> = {
  payment: 'result_pay',
  payout: 'result_pay',
  exchange: 'result_pay',
  refund: 'sta_refund',
  bind: 'result_sign',
}

/** What a notification is about, in a few words: your own number, the amount, the result. */
export function summarize(kind: NotificationKind, members: Members): string {
  const { number, money }: KindDefinition = NOTIFICATIONS[kind]
  const names = [number, money, RESULTS[kind]]
  return names.flatMap((name) => (name === undefined ? [] : (members[name] ?? []))).join(' ')
}

/** The members without card data and personal data. */
export function withoutSecrets(kind: NotificationKind, members: Members): Members {
  const { fields }: KindDefinition = NOTIFICATIONS[kind]
  const isSecret = (name: string) => Object.hasOwn(fields, name) && fields[name]?.secret === true
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, isSecret(name) ? '[redacted]' : value]),
  )
}
