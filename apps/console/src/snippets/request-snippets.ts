import { findApi } from '../model/find-api.ts'
import type { JournalEntry } from '../wire/records.ts'
import { quoteShell, writeObject } from './quote.ts'

/** The parameters that a caller gave: other members and empty ones are ignored by the gateway. */
export function paramsOf({ api, members }: JournalEntry): Record<string, string> {
  const params = findApi(api)?.params ?? {}
  return Object.fromEntries(
    Object.entries(members).filter(([name, text]) => Object.hasOwn(params, name) && text !== ''),
  )
}

const camelCase = (text: string) =>
  text.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The method of a client that calls an API: `card.unbind`, `card.applyBind`. */
export const methodOf = (api: string): string => api.split('.').map(camelCase).join('.')

function writeBody({ body, members, truncated }: JournalEntry): string[] {
  const text = body === null || truncated ? JSON.stringify(members) : body
  return [
    `-H ${quoteShell('content-type: application/json;charset=utf-8')}`,
    `--data-raw ${quoteShell(text)}`,
  ]
}

function writeMethod({ method }: JournalEntry): string {
  return method === 'HEAD' ? '--head' : `-X ${quoteShell(method)}`
}

/** The request as curl sends it: as it was received, signature included. */
export function writeCurl(entry: JournalEntry, url: string): string {
  return [
    // Otherwise curl takes brackets of the path for a pattern.
    /[[\]{}]/.test(entry.path) ? 'curl -sS --globoff' : 'curl -sS',
    ...(entry.method === 'POST' ? writeBody(entry) : [writeMethod(entry)]),
    quoteShell(url + entry.path),
  ].join(' \\\n  ')
}

function writeFlag([name, value]: readonly [string, string]): string {
  const flag = `--${name.replaceAll('_', '-')}`
  const quoted = quoteShell(value)
  return value.startsWith('-') || value === '' ? `${flag}=${quoted}` : `${flag} ${quoted}`
}

/** The call on the command line; `undefined` for a request that is of no API. */
export function writeCommand(entry: JournalEntry): string | undefined {
  if (entry.api === null) return undefined
  return ['llpay', ...entry.api.split('.'), ...Object.entries(paramsOf(entry)).map(writeFlag)].join(
    ' ',
  )
}

/** The call in TypeScript, configured from the environment; `undefined` as above. */
export function writeScript(entry: JournalEntry): string | undefined {
  if (entry.api === null) return undefined
  return `import { readFileSync } from 'node:fs'

import { createClient } from '@llpay/node'

const client = createClient({
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  privateKey: readFileSync(process.env['LLPAY_PRIVATE_KEY_FILE'] ?? ''),
  gatewayPublicKey: readFileSync(process.env['LLPAY_GATEWAY_KEY_FILE'] ?? ''),
  baseUrl: process.env['LLPAY_BASE_URL'],
})
const result = await client.${methodOf(entry.api)}(${writeObject(paramsOf(entry))})
console.log(result)
`
}
