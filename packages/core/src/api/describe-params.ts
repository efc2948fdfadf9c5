import type { Api } from './define-api.ts'
import { DESCRIPTIONS } from './descriptions.ts'

/** A parameter of an endpoint, for help texts and documentation. */
export interface ParameterDescription {
  readonly name: string
  readonly description: string
  readonly required: boolean
}

/** Describes the parameters of an endpoint, from its definition. */
export function describeParams(api: Api): ParameterDescription[] {
  return Object.entries(api.params).map(([name, { description, optional }]) => ({
    name,
    description: description ?? DESCRIPTIONS[name] ?? name,
    required: optional !== true,
  }))
}
