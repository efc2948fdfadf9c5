import type { Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

/** Every API of the catalogue. */
export const listApis = (): Api[] =>
  Object.values(catalogue).flatMap((group): Api[] => Object.values(group))

/** The API with an id. */
export const findApi = (id: string | null): Api | undefined =>
  listApis().find((api) => api.id === id)
