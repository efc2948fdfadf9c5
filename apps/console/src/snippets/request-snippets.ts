import type { JournalEntry } from '../wire/journal-entry.ts'
import { quoteShell, writeObject } from './quote.ts'

/** Members that the client adds by itself. */
const ENVELOPE = new Set(['oid_partner', 'sign_type', 'sign'])

/** The parameters that a caller gave. */
export function paramsOf({ members }: JournalEntry): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !ENVELOPE.has(name)))
}

const camelCase = (text: string) =>
  text.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The method of a client that calls an API: `card.unbind`, `card.applyBind`. */
export const methodOf = (api: string): string => api.split('.').map(camelCase).join('.')

/** The request as curl sends it: the members as they were received, signature included. */
export function writeCurl(entry: JournalEntry, url: string): string {
  return [
    'curl -sS',
    `-H ${quoteShell('content-type: application/json;charset=utf-8')}`,
    `--data-raw ${quoteShell(JSON.stringify(entry.members))}`,
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
