import { vectorKey } from '@internal/vectors'

/** The merchant of the campaigns. */
export const OID_PARTNER = '201304121000001004'

/** The keys of both sides, and one that belongs to neither. */
export const keys = () => ({
  merchant: vectorKey('k2048'),
  gateway: vectorKey('k1024'),
  stranger: vectorKey('k3072'),
})
