import type { Api } from '@llpay/core'
import { describeMember, describeParams } from '@llpay/core/adapter'

/** A JSON schema, as far as it is needed here. */
export type Schema = Readonly<Record<string, unknown>>

interface Text {
  readonly max?: number | undefined
  readonly pattern?: RegExp | undefined
  readonly default?: string | undefined
  readonly json?: boolean | undefined
}

/** Base64 of whole bytes, as signatures travel. */
const SIGN: Schema = { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$' }

function textSchema(
  { max, pattern, default: byDefault, json }: Text,
  description?: string,
): Schema {
  return {
    type: 'string',
    ...(description === undefined ? {} : { description }),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern: pattern.source }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(json === true ? { contentMediaType: 'application/json' } : {}),
  }
}

/** The schema of an endpoint's request, as it travels: unknown and empty members are refused. */
export function requestSchema(api: Api): Schema {
  const params = describeParams(api).map(({ name, description }): [string, Schema] => [
    name,
    { ...textSchema(api.params[name] ?? {}, description), minLength: 1 },
  ])
  const required = describeParams(api).flatMap(({ name, required: must }) => (must ? [name] : []))
  return {
    type: 'object',
    properties: {
      oid_partner: { type: 'string', pattern: '^[0-9]{18}$', description: 'The merchant number' },
      ...Object.fromEntries(params),
      sign_type: { type: 'string', enum: api.signTypes },
      sign: SIGN,
    },
    required: ['oid_partner', ...required, 'sign_type', 'sign'],
    additionalProperties: false,
  }
}

/** The members that a schema names, and which of them must be there. */
function membersSchema(fields: Api['reply']): Schema {
  const properties = Object.entries(fields).map(([name, field]): [string, Schema] => {
    const description = describeMember(name)
    if (field.rows === undefined) return [name, textSchema(field, description)]
    return [name, { type: 'array', description, items: membersSchema(field.rows) }]
  })
  const required = Object.entries(fields).flatMap(([name, { optional }]) =>
    optional === true ? [] : [name],
  )
  return { type: 'object', properties: Object.fromEntries(properties), required }
}

/** The schema of a good reply, which is always signed. */
export function successSchema(api: Api): Schema {
  const { properties, required, ...rest } = membersSchema(api.reply)
  return {
    ...rest,
    properties: {
      ...Object(properties),
      ret_code: { type: 'string', enum: api.success },
      sign_type: { type: 'string', enum: api.signTypes },
      sign: SIGN,
    },
    required: [...(Array.isArray(required) ? required : []), 'sign'],
    additionalProperties: true,
  }
}

/** The schema of a refusal, which may be signed or not. */
export function failureSchema({ success }: Api): Schema {
  return {
    type: 'object',
    properties: {
      ret_code: { type: 'string', pattern: '^[0-9A-Z]{4}$', not: { enum: success } },
      ret_msg: { type: 'string' },
      sign_type: { type: 'string' },
      sign: SIGN,
    },
    required: ['ret_code'],
    additionalProperties: true,
  }
}
