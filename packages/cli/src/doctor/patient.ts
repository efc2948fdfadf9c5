import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'

import type { Environment } from '../config/environment.ts'
import type { Settings } from '../config/settings.ts'

/** What is examined. */
export interface Patient {
  readonly env: Environment
  readonly settings: Settings
  /** The keys, as far as they can be read. */
  readonly privateKey: RsaPrivateKey | undefined
  readonly gatewayKeys: readonly RsaPublicKey[]
  readonly signal: AbortSignal
}
