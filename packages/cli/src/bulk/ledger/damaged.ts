import { ConfigError } from '@llpay/core'

/** Says that a ledger cannot be read any further. */
export const damaged = (line: number): ConfigError =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    `The ledger is damaged at line ${line}. Bring back a copy of it; nothing is sent on a record that cannot be read.`,
  )
