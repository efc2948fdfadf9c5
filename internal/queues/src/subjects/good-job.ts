/** A job to make others from. */
export const GOOD_JOB = { user_id: '1', no_agree: '2014031710002121', pay_type: 'D' }
