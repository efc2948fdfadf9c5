/** The merchant of the tests: the one that a sandbox has by default. */
export const OID_PARTNER = '201304121000001004'

/** A card that it unbinds. */
export const CARD = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' } as const
