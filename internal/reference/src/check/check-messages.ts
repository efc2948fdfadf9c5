import type { Api } from '@llpay/core'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

import type { SignedSample } from '../sign-sample.ts'

type Members = Readonly<Record<string, unknown>>

/** What the schema of a request must refuse. */
const WRONG_REQUESTS: Readonly<Record<string, (request: Members) => Members>> = {
  'a member that is not known': (request) => ({ ...request, no_such_member: 'x' }),
  'an empty member': (request) => ({ ...request, user_id: '', card_no: '' }),
  'a number for text': (request) => ({ ...request, oid_partner: 201304121000001 }),
  'no signature': (request) => ({ ...request, sign: undefined }),
}

/** What the schema of a good reply must refuse. */
const WRONG_REPLIES: Readonly<Record<string, (reply: Members) => Members>> = {
  'a code that is not a success': (reply) => ({ ...reply, ret_code: '9999' }),
  'no signature': (reply) => ({ ...reply, sign: undefined }),
}

const compile = (document: unknown, pointer: string): ValidateFunction => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  return ajv
    .addSchema(Object(document), 'openapi.json')
    .compile({ $ref: `openapi.json#${pointer}` })
}

function ask(
  what: string,
  validate: ValidateFunction,
  good: Members,
  wrong: Readonly<Record<string, (members: Members) => Members>>,
): string[] {
  const refused = validate(good)
    ? []
    : [`the ${what} is refused: ${JSON.stringify(validate.errors)}`]
  const taken = Object.entries(wrong).flatMap(([name, spoil]) =>
    validate(spoil(good)) ? [`the ${what} is taken with ${name}`] : [],
  )
  return [...refused, ...taken]
}

/** Validates the sample messages of an endpoint against the document's schemas. */
export function checkMessages(document: unknown, api: Api, sample: SignedSample): string[] {
  const path = `/paths/${api.path.replaceAll('/', '~1')}/post`
  const media = 'content/application~1json/schema'
  const request = compile(document, `${path}/requestBody/${media}`)
  const reply = compile(document, `${path}/responses/200/${media}`)
  const success = compile(document, `${path}/responses/200/${media}/oneOf/0`)
  const refusal = { ret_code: '1001', ret_msg: '商户请求签名错误' }
  return [
    ...ask('request', request, sample.request, WRONG_REQUESTS),
    ...ask('answer', success, sample.reply, WRONG_REPLIES),
    ...ask('good reply, among all', reply, sample.reply, {}),
    ...ask('refusal, among all', reply, refusal, {}),
  ]
}
