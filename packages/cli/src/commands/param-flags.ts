import type { Api } from '@llpay/core'
import { describeParams } from '@llpay/core/adapter'

import type { Flag } from '../args/flag.ts'

/** The flag of a parameter: `user_id` is `--user-id`. */
export const flagName = (parameter: string) => parameter.replaceAll('_', '-')

/** The flags of an endpoint's parameters. */
export function paramFlags(api: Api): Flag[] {
  return describeParams(api).map(({ name, description, required, secret }) => ({
    name: flagName(name),
    value: name.toUpperCase(),
    summary: secret ? `${description}. Better in --params` : description,
    required,
  }))
}
