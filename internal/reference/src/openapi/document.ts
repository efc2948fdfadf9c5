import type { Api } from '@llpay/core'

import { codesOf } from '../codes.ts'
import type { SignedSample } from '../sign-sample.ts'
import { failureSchema, requestSchema, successSchema, type Schema } from './schemas.ts'

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
