import { getDescription, type GenericSchema } from 'valibot'

import type { Api } from './define-api.ts'

/** A parameter of an endpoint, for help texts and documentation. */
export interface ParameterDescription {
  readonly name: string
  readonly description: string
  readonly required: boolean
}

/** The schema within `optional`, which is where the description stands. */
function unwrap(schema: GenericSchema): GenericSchema {
  return isOptional(schema) ? schema.wrapped : schema
}

function isOptional(
  schema: GenericSchema,
): schema is GenericSchema & { readonly wrapped: GenericSchema } {
  return schema.type === 'optional' && 'wrapped' in schema
}

/** Describes the parameters of an endpoint, from its definition. */
export function describeParams(api: Api): ParameterDescription[] {
  return Object.entries(api.params.entries).map(([name, schema]) => ({
    name,
    description: getDescription(unwrap(schema)) ?? name,
    required: !isOptional(schema),
  }))
}
