import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

/** The names that members of the messages of the catalogue have. */
export function knownNames(): string[] {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  const names = apis.flatMap(({ params, reply }) => [...Object.keys(params), ...Object.keys(reply)])
  return [...new Set(['oid_partner', 'sign_type', 'sign', ...names])]
}
