import { join } from 'node:path'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { ROOT } from '@internal/testkit/repository'
import { vectorKey } from '@internal/vectors'
import { build } from 'esbuild'

import { resolvePacked } from './index.ts'
import { startWorkerd } from './start-workerd.ts'
import { expectEqual, type Case } from './suite/case.ts'

/** What the example needs to run. */
export interface ExampleStage {
  readonly folder: string
  readonly packed: string
  readonly gatewayUrl: string
}

const WORKER = join(ROOT, 'examples/worker/src/worker.ts')
const TOKEN = 'a token for tests'
const no_agree = '2014031710002121'

/** What is asked, and what the reply must hold. The user's name tells the gateway what to play. */
const ANSWERS: Readonly<
  Record<string, readonly [status: number, body: Readonly<Record<string, string>>]>
> = {
  usual: [200, { result: 'unbound', evidence: 'signed-reply' }],
  'unbound-before': [404, { code: 'ERR_REJECTED', returnCode: '3003', category: 'not-found' }],
  'code:1008': [500, { code: 'ERR_REJECTED', returnCode: '1008', category: 'auth-or-config' }],
  tampered: [502, { code: 'ERR_SIGNATURE_INVALID' }],
  unsigned: [502, { code: 'ERR_SIGNATURE_MISSING' }],
  'status:503': [504, { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' }],
  'close-after': [504, { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' }],
  'a&b': [400, { code: 'ERR_PARAMETER_INVALID', delivered: 'no' }],
}

async function bundleExample(packed: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [WORKER],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    plugins: [resolvePacked(packed)],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

const post = (url: string, body: unknown, token = TOKEN) =>
  fetch(`${url}/cards/unbind`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })

const gateCases = (url: string): readonly Case[] => [
  {
    name: 'refuses anyone who has no token',
    run: async () => {
      const { status } = await post(url, { user_id: 'usual', no_agree }, 'guess')
      expectEqual(status, 401, 'status')
    },
  },
  {
    name: 'has one route and one method',
    run: async () => {
      const [get, other] = await Promise.all([fetch(`${url}/cards/unbind`), fetch(url)])
      expectEqual([get.status, other.status], [405, 404], 'status')
    },
  },
  {
    name: 'refuses a body that is not an object',
    run: async () => expectEqual((await post(url, null)).status, 400, 'status'),
  },
]

/** Starts examples/worker on workerd, without Node's API, and lists what to ask it. */
export async function openExample({ folder, packed, gatewayUrl }: ExampleStage) {
  const worker = await startWorkerd({
    folder,
    module: await bundleExample(packed),
    compatibilityFlags: ['no_nodejs_compat', 'no_nodejs_compat_v2'],
    bindings: {
      API_TOKEN: TOKEN,
      LLPAY_OID_PARTNER: OID_PARTNER,
      LLPAY_PRIVATE_KEY: vectorKey('k1024').pkcs1Base64,
      LLPAY_GATEWAY_KEY: vectorKey('k2048').spkiPem.replaceAll('\n', '\\n'),
      LLPAY_BASE_URL: `${gatewayUrl}/by-user`,
      LLPAY_TIMEOUT_MS: '10000',
    },
  })
  const answerCases = Object.entries(ANSWERS).map(([user_id, [status, body]]): Case => ({
    name: `replies ${user_id} honestly`,
    run: async () => {
      const response = await post(worker.url, { user_id, no_agree })
      const answer = Object(await response.json())
      const said = Object.fromEntries(
        Object.keys(body).map((name) => [name, Reflect.get(answer, name)]),
      )
      expectEqual([response.status, said], [status, body], 'answer')
    },
  }))
  return {
    cases: [...gateCases(worker.url), ...answerCases],
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  }
}
