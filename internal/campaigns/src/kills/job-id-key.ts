import { OID_PARTNER } from '@internal/testkit/merchant'
import { createJobIds, type JobIds } from '@llpay/core/bulk'

/** The key of the job ids. */
export const JOB_ID_KEY: Uint8Array = new Uint8Array(32).fill(7)

/** Gives the campaign's jobs their ids. */
export const idOf: JobIds = createJobIds(JOB_ID_KEY, OID_PARTNER)
