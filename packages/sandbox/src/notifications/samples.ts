import type { NotificationKind } from '@llpay/core/notifications'

import type { TextMembers } from '../gateway/behaviours.ts'

/** What a sample is made for. */
export interface SampleFacts {
  readonly oidPartner: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Counts up, so that every sample has numbers of its own. */
  readonly number: number
}

const BEIJING_MS = 8 * 60 * 60 * 1000

/** A moment as `yyyyMMddHHmmss` in Beijing, where LianLian's clocks are. */
function stamp(now: number): string {
  return new Date(now + BEIJING_MS).toISOString().replaceAll(/\D/g, '').slice(0, 14)
}

const digits = (number: number, length: number) => String(number).padStart(length, '0')

function orderMembers({ oidPartner, now, number }: SampleFacts): Record<string, string> {
  const dt_order = stamp(now)
  const day = dt_order.slice(0, 8)
  return {
    oid_partner: oidPartner,
    no_order: `SANDBOX${day}${digits(number, 6)}`,
    dt_order,
    oid_paybill: `${day}${digits(number, 8)}`,
    money_order: '49.90',
    result_pay: 'SUCCESS',
    settle_date: day,
    info_order: 'llpay sandbox',
  }
}

/** The members of a notification as LianLian sends it, apart from `sign_type` and `sign`. */
export const SAMPLES: Readonly<Record<NotificationKind, (facts: SampleFacts) => TextMembers>> = {
  payment: (facts) => ({ ...orderMembers(facts), pay_type: 'D', bank_code: '01020000' }),
  payout: orderMembers,
  exchange: (facts) => ({
    ...orderMembers(facts),
    pay_type: 'D',
    money_order: '7.00',
    currency_order: 'USD',
    currency_settle: 'USD',
    money_settle: '7.00',
    currency_pay: 'CNY',
    money_pay: '49.90',
    exchange_rate: '7.1285',
  }),
  refund: ({ oidPartner, now, number }) => {
    const dt_refund = stamp(now)
    const day = dt_refund.slice(0, 8)
    return {
      oid_partner: oidPartner,
      no_refund: `SANDBOXR${day}${digits(number, 6)}`,
      dt_refund,
      money_refund: '49.90',
      oid_refundno: `${day}${digits(number, 8)}`,
      sta_refund: '2',
      settle_date: day,
    }
  },
  bind: ({ oidPartner, now, number }) => ({
    oid_partner: oidPartner,
    no_order: `SANDBOXB${digits(number, 6)}`,
    dt_order: stamp(now),
    result_sign: 'SUCCESS',
    no_agree: `${stamp(now).slice(0, 8)}${digits(number, 8)}`,
    card_no: '622202****1234',
  }),
}
