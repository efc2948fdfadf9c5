import { ConfigError } from '../errors/config-error.ts'

/** Makes sure that a merchant number has the form that LianLian gives out. */
export function checkOidPartner(oidPartner: unknown): asserts oidPartner is string {
  if (typeof oidPartner === 'string' && /^[0-9]{18}$/.test(oidPartner)) return
  throw new ConfigError(
    oidPartner === undefined ? 'ERR_CONFIG_MISSING' : 'ERR_CONFIG_INVALID',
    "oid_partner, the merchant number that LianLian assigned, must be text of 18 digits. Copy it from LianLian's merchant console.",
  )
}
