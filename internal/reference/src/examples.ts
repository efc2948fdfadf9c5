import type { Api } from '@llpay/core'

import { OID_PARTNER, type SignedSample } from './sign-sample.ts'

/** The parameters as an object literal; the formatter breaks the line where it is long. */
const literal = (params: object) => JSON.stringify(params)

const method = ({ id }: Api) =>
  `client.${id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`

/** What is printed of a result: a change says its outcome, a query its reply. */
function use(api: Api, params: object): string {
  const [names, print] =
    api.effect === 'change' && api.outcome !== undefined
      ? ['{ outcome, evidence }', 'outcome, evidence']
      : ['{ fields }', 'fields']
  return `const ${names} = await ${method(api)}(${literal(params)})\nconsole.log(${print})`
}

/** A call from Node. */
export const nodeExample = (api: Api, { params }: SignedSample) =>
  `import { readFileSync } from 'node:fs'

import { createClient } from '@llpay/node'

const client = createClient({
  oidPartner: '${OID_PARTNER}',
  privateKey: readFileSync('merchant_private_key.pem'),
  gatewayPublicKey: readFileSync('lianlian_public_key.pem'),
})
${use(api, params)}`

/** A call from the edge, where keys come from the environment. */
export const edgeExample = (api: Api, { params }: SignedSample) =>
  `import { createClient } from '@llpay/edge'

export async function handle(env: { LLPAY_PRIVATE_KEY: string; LLPAY_GATEWAY_KEY: string }) {
  const client = createClient({
    oidPartner: '${OID_PARTNER}',
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
  })
  ${use(api, params).replaceAll('\n', '\n  ')}
}`

const shellWord = (text: string) =>
  /^[A-Za-z0-9_./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A call from a terminal: what is secret comes by standard input, the rest in flags. */
export function shellExample(api: Api, { params }: SignedSample): string {
  const isSecret = (name: string) => api.params[name]?.secret === true
  const entries = Object.entries(params)
  const flags = entries
    .filter(([name]) => !isSecret(name))
    .map(([name, value]) => `--${name.replaceAll('_', '-')} ${shellWord(value)}`)
  const secrets = Object.fromEntries(entries.filter(([name]) => isSecret(name)))
  const call = [`llpay ${api.id.replace('.', ' ')}`, ...flags]
  if (Object.keys(secrets).length === 0) return call.join(' ')
  const json = JSON.stringify(secrets, undefined, 2)
  return [`${[...call, '--params -'].join(' ')} <<'JSON'`, json, 'JSON'].join('\n')
}
