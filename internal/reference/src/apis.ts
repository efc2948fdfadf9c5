import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

/** Every endpoint of the catalogue, by id. */
export function listApis(): Api[] {
  return Object.values(catalogue)
    .flatMap((group): Api[] => Object.values(group))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
}
