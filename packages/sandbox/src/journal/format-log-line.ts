import { describeReturnCode } from '@llpay/core/return-codes'

import type { JournalEntry } from './journal.ts'

const two = (number: number) => String(number).padStart(2, '0')

function timeOf(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
}

const shorten = (no_agree: string) => (no_agree.length > 4 ? `…${no_agree.slice(-4)}` : no_agree)

/** The texts of the codes that a log shows often, in fewer words than the table has. */
const SHORT: Readonly<Record<string, string>> = {
  '0000': 'done',
  '1000': 'token wrong or expired',
  '1001': 'signature does not verify',
  '1004': 'parameter wrong',
  '1012': 'not readable',
  '1900': 'SMS code wrong',
  '3001': 'unknown merchant',
  '3003': 'no such agreement',
  '8901': 'no record',
}

/** The scenario that replies with a code and does nothing. */
const isMadeUp = (scenario: string) => scenario.split(':')[0] === 'code'

function wordsOf({ ret_code, checks, scenario }: JournalEntry): string {
  if (ret_code === null) return ''
  if (ret_code === '0000' && isMadeUp(scenario)) return '0000, nothing done'
  const text = SHORT[ret_code] ?? describeReturnCode(ret_code)?.en ?? 'not in the table'
  const why = checks.find(({ ok }) => ok === false)?.why
  return why === undefined ? `${ret_code} ${text}` : `${ret_code} ${text} (${why})`
}

interface ErrorBody {
  readonly error?: { readonly message?: unknown }
}

/** What the sandbox said of a request that it did not take, such as one with a wrong method. */
function refusalOf({ reply }: JournalEntry): string {
  try {
    const body: ErrorBody | null = JSON.parse(reply ?? '')
    const message = body?.error?.message
    return typeof message === 'string' ? ` ${message}` : ''
  } catch {
    return ''
  }
}

/** What was sent, and what processing came to where that is something else. */
function resultOf(entry: JournalEntry): string {
  const words = wordsOf(entry)
  if (entry.status === null) {
    return words === '' ? 'connection closed' : `connection closed after ${words}`
  }
  if (entry.status === 200) return words === '' ? '200' : words
  return words === ''
    ? `HTTP ${entry.status}${refusalOf(entry)}`
    : `HTTP ${entry.status} after ${words}`
}

/**
 * A request as one line of a log: time, endpoint, customer, the last digits of the agreement,
 * product, and what came of it.
 *
 * @example
 * import { createSandbox, formatLogLine, type SandboxOptions } from '@llpay/sandbox'
 * declare const options: SandboxOptions
 * createSandbox({ ...options, onRequest: (entry) => console.log(formatLogLine(entry)) })
 */
export function formatLogLine(entry: JournalEntry): string {
  const { at, api, method, path, members, scenario } = entry
  const { user_id = '', no_agree = '', pay_type = '' } = members
  const what = api === null || method !== 'POST' ? `${method} ${path.slice(0, 80)}` : api
  const parts = [timeOf(at), what, user_id.slice(0, 40), shorten(no_agree), pay_type.slice(0, 4)]
  const played = scenario === 'normal' ? '' : ` [${scenario}]`
  return `${parts.filter((part) => part !== '').join(' ')} → ${resultOf(entry)}${played}`
}
