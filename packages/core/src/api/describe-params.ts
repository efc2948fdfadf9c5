import type { Api } from './define-api.ts'
import { DESCRIPTIONS } from './descriptions.ts'

/** A parameter of an endpoint, for help texts and documentation. */
export interface ParameterDescription {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** Whether it tells about a card or its holder. */
  readonly secret: boolean
}

/** Describes the parameters of an endpoint, from its definition. */
export function describeParams(api: Api): ParameterDescription[] {
  return Object.entries(api.params).map(([name, { description, optional, secret }]) => ({
    name,
    description: description ?? DESCRIPTIONS[name] ?? name,
    required: optional !== true,
    secret: secret === true,
  }))
}
