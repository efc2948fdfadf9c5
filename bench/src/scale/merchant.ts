/** The customer of every card. */
export const USER_ID = 'u'
/** How many cards are in flight at a time. */
export const AT_ONCE = 16

const FIRST = 2_014_031_700_000_000

/** The card of a number. */
export const cardOf = (number: number) => ({
  user_id: USER_ID,
  no_agree: String(FIRST + number),
  pay_type: 'D',
})
