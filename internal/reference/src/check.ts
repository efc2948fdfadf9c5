// Says whether docs/reference is what the definitions make, and whether its OpenAPI document holds.
import { createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { report } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'
import { plainCanonical } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import type { Api } from '@llpay/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

import { makeDocuments } from './documents.ts'
import { type SignedSample, SAMPLE_KEYS, listApis, signSample } from './sign-sample.ts'

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

/** Validates a document against the schema of OpenAPI. */
export async function checkOpenApi(document: unknown): Promise<string[]> {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(Object(document)))
  if (!valid) return [JSON.stringify(errors)]
  return validator.version === '3.1' ? [] : [`it is version ${validator.version}`]
}

function verifies(canonical: string, sign: unknown, key: string): boolean {
  const signature = Buffer.from(String(sign), 'base64')
  const publicKey = createPublicKey(vectorKey(key).spkiPem)
  return verify('md5', Buffer.from(canonical), publicKey, signature)
}

/** The members that take part in a signature, as text. */
function textMembers(message: object, without: readonly string[]): Record<string, string> {
  const members = Object.entries(message).filter(([name]) => !without.includes(name))
  return Object.fromEntries(members.map(([name, value]) => [name, String(value)]))
}

/** Verifies the messages of a sample with node:crypto, over its own canonical string. */
export function checkSignatures(api: Api, sample: SignedSample): string[] {
  const request = plainCanonical(textMembers(sample.request, []))
  const reply = plainCanonical(textMembers(sample.reply, api.unsignedFields))
  return [
    ...(request === sample.requestCanonical ? [] : ['the canonical string of the request differs']),
    ...(reply === sample.replyCanonical ? [] : ['the canonical string of the reply differs']),
    ...(verifies(request, sample.request['sign'], SAMPLE_KEYS.merchant)
      ? []
      : ['the request does not verify']),
    ...(verifies(reply, sample.reply['sign'], SAMPLE_KEYS.gateway)
      ? []
      : ['the reply does not verify']),
  ]
}

const FOLDER = join(ROOT, 'docs/reference')
const AGAIN = 'Run npm run reference.'

const documents = await makeDocuments()
const written = readdirSync(FOLDER)
const openApi: unknown = JSON.parse(documents.get('openapi.json') ?? '{}')

await report('reference', [
  {
    name: `${documents.size} files are what the definitions make`,
    ask: () =>
      [...documents].flatMap(([name, text]) => {
        if (!written.includes(name)) return [`${name} is missing. ${AGAIN}`]
        return readFileSync(join(FOLDER, name), 'utf8') === text ? [] : [`${name} is old. ${AGAIN}`]
      }),
  },
  {
    name: 'there is no other file',
    ask: () =>
      written.flatMap((name) =>
        documents.has(name) ? [] : [`${name} comes from nowhere. ${AGAIN}`],
      ),
  },
  { name: 'openapi.json is OpenAPI 3.1', ask: () => checkOpenApi(openApi) },
  ...listApis().flatMap((api) => [
    {
      name: `the schemas of ${api.id} take its sample and refuse what is wrong`,
      ask: async () => checkMessages(openApi, api, await signSample(api)),
    },
    {
      name: `the sample of ${api.id} is signed as OpenSSL would`,
      ask: async () => checkSignatures(api, await signSample(api)),
    },
  ]),
])
