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

/** The words of a log, in one language. */
export interface LogWords {
  codeText(code: string): string
  /** Why the gateway refused. */
  because(why: string): string
  /** The reply of a scenario that replies and does nothing. */
  readonly nothingDone: string
  /** What the sandbox said of a request that it did not take. */
  refusal(message: string): string
  readonly closed: string
  /** What was sent, behind what processing came to. */
  after(ending: string, words: string): string
}

const ENGLISH: LogWords = {
  codeText: (code) => SHORT[code] ?? describeReturnCode(code)?.en ?? 'not in the table',
  because: (why) => ` (${why})`,
  nothingDone: '0000, nothing done',
  refusal: (message) => ` ${message}`,
  closed: 'connection closed',
  after: (ending, words) => `${ending} after ${words}`,
}

function outcomeOf({ ret_code, checks, scenario }: JournalEntry, words: LogWords): string {
  if (ret_code === null) return ''
  if (ret_code === '0000' && isMadeUp(scenario)) return words.nothingDone
  const why = checks.find(({ ok }) => ok === false)?.why
  const text = `${ret_code} ${words.codeText(ret_code)}`
  return why === undefined ? text : text + words.because(why)
}

interface ErrorBody {
  readonly error?: { readonly message?: unknown }
}

/** What the sandbox said of a request that it did not take, such as one with a wrong method. */
function refusalOf({ reply }: JournalEntry, words: LogWords): string {
  try {
    const body: ErrorBody | null = JSON.parse(reply ?? '')
    const message = body?.error?.message
    return typeof message === 'string' ? words.refusal(message) : ''
  } catch {
    return ''
  }
}

/** What was sent, and what processing came to where that is something else. */
function resultOf(entry: JournalEntry, words: LogWords): string {
  const outcome = outcomeOf(entry, words)
  const { status } = entry
  if (status === 200) return outcome === '' ? '200' : outcome
  const ending = status === null ? words.closed : `HTTP ${status}`
  if (outcome !== '') return words.after(ending, outcome)
  return status === null ? ending : ending + refusalOf(entry, words)
}

/** Writes a request as one line of a log, in the words of a language. */
export function writeLogLine(entry: JournalEntry, words: LogWords): string {
  const { at, api, method, path, members, scenario } = entry
  const { user_id = '', no_agree = '', pay_type = '' } = members
  const what = api === null || method !== 'POST' ? `${method} ${path.slice(0, 80)}` : api
  const parts = [timeOf(at), what, user_id.slice(0, 40), shorten(no_agree), pay_type.slice(0, 4)]
  const played = scenario === 'normal' ? '' : ` [${scenario}]`
  return `${parts.filter((part) => part !== '').join(' ')} → ${resultOf(entry, words)}${played}`
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
export const formatLogLine = (entry: JournalEntry): string => writeLogLine(entry, ENGLISH)
