import { NOTIFICATIONS, type NotificationKind } from '@llpay/core/notifications'

import type { TextMembers } from '../gateway/behaviours.ts'

/** What goes wrong with a notification. */
export type NotificationFault =
  | 'duplicate'
  | 'reordered'
  | 'late'
  | 'wrong-kind'
  | 'forged'
  | 'altered'
  | 'other-merchant'

/** Each fault in one line. */
export const NOTIFICATION_FAULTS: Readonly<Record<NotificationFault, string>> = {
  duplicate: 'Delivers two copies at the same time',
  reordered:
    'Delivers a later notification first: of a payout its return, else one of another order',
  late: 'Delivers nothing for 58 minutes, as if every delivery but the last were lost on the way',
  'wrong-kind': 'Delivers a genuine notification of another kind',
  forged: 'Signs it with a key that is not the gateway’s',
  altered: 'Changes its amount or number after it was signed',
  'other-merchant': 'Names another merchant, and signs that',
}

/** The kind whose notification comes in place of each. */
export const OTHER_KIND: Readonly<Record<NotificationKind, NotificationKind>> = {
  payment: 'payout',
  payout: 'payment',
  refund: 'payment',
  bind: 'payment',
  exchange: 'payment',
}

/** A merchant that no sandbox has. */
export const OTHER_MERCHANT = '201900000000009999'

/** What is changed behind the signature's back: the amount, else the merchant's own number. */
export function alter(kind: NotificationKind, members: TextMembers): TextMembers {
  const definition = NOTIFICATIONS[kind]
  const name = 'money' in definition ? definition.money : definition.number
  return { ...members, [name]: `${members[name] ?? ''}0` }
}

/** The members that differ in a later notification to the same receiver. */
export const LATER: Readonly<Partial<Record<NotificationKind, TextMembers>>> = {
  payout: { result_pay: 'CANCEL' },
}
