import type { Api } from '@llpay/core'
import { describeMember, describeParams } from '@llpay/core/adapter'

import { codesOf } from './return-codes-page.ts'
import type { SignedSample } from './sign-sample.ts'

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
function requestSchema(api: Api): Schema {
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
function successSchema(api: Api): Schema {
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
function failureSchema({ success }: Api): Schema {
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

const INTRODUCTION = `LianLian Pay's classic merchant API, as llpay speaks it.

Every message is signed inside its body, which OpenAPI cannot express: see the extension
x-llpay-signature. A client that is generated from this document alone can neither sign a request nor tell a
true reply from a forged one.

Every reply is HTTP 200, also a refusal; only ret_code tells. Anything but 200 comes from something before
the API, and leaves unknown whether the request was carried out.`

const SIGNATURE = {
  member: 'sign',
  algorithms: { RSA: 'RSASSA-PKCS1-v1_5 with MD5 (MD5withRSA), in base64' },
  canonical:
    'All top-level members but sign, those that are null, those that are empty, and the unsigned ones; sorted by name in byte order; joined as name=value with &; as UTF-8. Values are neither trimmed nor URL-encoded.',
}

/** The part of the schema's name that stands for the endpoint: `CardUnbind`. */
const schemaName = ({ id }: Api) =>
  id.replaceAll(/(?:^|[.-])(.)/g, (_, letter: string) => letter.toUpperCase())

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

function describe(api: Api): string {
  const codes = codesOf(api, 'en').map(({ code, text, class: kind }) => `${code} ${text} (${kind})`)
  return `The reply, good or bad. Codes that matter:\n\n${codes.map((code) => `- ${code}`).join('\n')}`
}

function operation(api: Api, sample: SignedSample): Schema {
  const name = schemaName(api)
  return {
    operationId: api.id,
    summary: api.summary,
    tags: [api.id.split('.')[0]],
    'x-llpay-effect': api.effect,
    'x-llpay-signature': { ...SIGNATURE, unsignedReplyMembers: api.unsignedFields },
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: reference(`${name}Request`),
          examples: { sample: { value: sample.request } },
        },
      },
    },
    responses: {
      '200': {
        description: describe(api),
        content: {
          'application/json': {
            schema: { oneOf: [reference(`${name}Success`), reference(`${name}Failure`)] },
            examples: { success: { value: sample.reply } },
          },
        },
      },
      default: {
        description:
          'Not from the API: a proxy, a gateway, an outage. Whether the request was carried out is unknown.',
      },
    },
  }
}

function schemasOf(api: Api): Record<string, Schema> {
  const name = schemaName(api)
  return {
    [`${name}Request`]: requestSchema(api),
    [`${name}Success`]: successSchema(api),
    [`${name}Failure`]: failureSchema(api),
  }
}

/** The OpenAPI document of all endpoints. */
export function openApiDocument(entries: readonly (readonly [Api, SignedSample])[]): Schema {
  const paths = entries.map(([api, sample]): [string, Schema] => [
    api.path,
    { servers: [{ url: new URL(sample.url).origin }], post: operation(api, sample) },
  ])
  return {
    openapi: '3.1.1',
    info: {
      title: "LianLian Pay's classic merchant API",
      version: '1',
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [],
    servers: [...new Set(entries.map(([, { url }]) => new URL(url).origin))].map((url) => ({
      url,
    })),
    paths: Object.fromEntries(paths),
    components: { schemas: Object.assign({}, ...entries.map(([api]) => schemasOf(api))) },
  }
}
