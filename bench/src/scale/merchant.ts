import { vectorKey } from '@internal/vectors'

/** The merchant of the cards. */
export const OID_PARTNER = '201304121000001004'
/** The customer of every card. */
export const USER_ID = 'u'
/** How many cards are in flight at a time. */
export const AT_ONCE = 16

const FIRST = 2_014_031_700_000_000

/** The keys of both sides: a merchant's is mostly longer than LianLian's own. */
export const keys = () => ({ merchant: vectorKey('k2048'), gateway: vectorKey('k1024') })

/** The card of a number. */
export const cardOf = (number: number) => ({
  user_id: USER_ID,
  no_agree: String(FIRST + number),
  pay_type: 'D',
})
