import type { LLPayError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'

import { escapeText } from './escape.ts'
import { t, type Phrase } from './language.ts'
import type { Output } from './output.ts'

const DETAILS = [
  'attempts',
  'returnCode',
  'returnMessage',
  'category',
  'signature',
  'lastSeen',
  'payType',
  'issues',
]

/** What is shown of an error, together with what the reply behind an unknown outcome said. */
function factsOf(error: LLPayError): Record<string, unknown> {
  const { cause } = error
  const inner =
    typeof cause === 'object' && cause !== null && 'toJSON' in cause ? callToJson(cause) : {}
  return { ...(inner['name'] === 'RejectedError' ? inner : {}), ...error.toJSON() }
}

function callToJson(error: object): Record<string, unknown> {
  const json: unknown = JSON.parse(JSON.stringify(error))
  return typeof json === 'object' && json !== null ? { ...json } : {}
}

/** The error as the `error` member of the one JSON object. */
function errorObject(error: LLPayError): Record<string, unknown> {
  const facts = factsOf(error)
  const { name, code, message, hint, reason, delivered } = error
  const details = DETAILS.filter((key) => facts[key] !== undefined)
  return {
    name,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    reason,
    delivered,
    ...Object.fromEntries(details.map((key) => [key, facts[key]])),
  }
}

/** What the SDK says to a program, and what the command line says instead. */
const WORDS: readonly (readonly [string, string])[] = [
  ['ensureUnbound', 'llpay card ensure-unbound'],
  ['The caller aborted the call.', 'Interrupted.'],
  ['调用方中止了调用。', '已中断。'],
]

const asCommand = (text: string) =>
  WORDS.reduce((said, [program, command]) => said.replaceAll(program, command), text)

/** Prints an error of llpay, as JSON on standard output or as talk on standard error. */
export async function printError(
  output: Output,
  api: string | null,
  error: LLPayError,
): Promise<void> {
  const facts = errorObject(error)
  if (output.json) {
    output.object({ ok: false, api, error: facts })
    return
  }
  const { message, hint } =
    output.language === 'zh' ? (await import('./chinese-error.ts')).chineseError(error, api) : error
  output.fail(asCommand(message), hint && asCommand(hint))
  const { returnCode, returnMessage } = facts
  if (typeof returnMessage === 'string') {
    const said = `${String(returnCode)} ${escapeText(returnMessage)}`
    output.tell('faint', t('LianLian', '连连支付'), said)
  }
  const { payType } = facts
  if (typeof payType === 'string') output.tell('faint', 'pay_type', escapeText(payType))
  output.tell('faint', t('code', '代码'), error.code)
}

const BUG = t(
  'Internal error in llpay. Whether a request was sent is unknown: check before you repeat. Please report this, with the output of --verbose.',
  'llpay 内部错误。请求是否已发出未知：先查询，再决定是否重发。请附上 --verbose 的输出报告此问题。',
)

const INTERRUPTED = t(
  'Interrupted twice: llpay stopped at once. What was in flight may have been carried out: check before you repeat.',
  '两次中断：llpay 立即停止。已发出的请求可能已经执行：先查询，再决定是否重发。',
)

function printUnknown(
  output: Output,
  api: string | null,
  { name, code, text, label }: { name: string; code: string; text: Phrase; label: Phrase },
): void {
  if (output.json) {
    const error = { name, code, message: text.en, delivered: 'unknown' }
    output.object({ ok: false, api, error })
  } else {
    output.tell('bad', label, text)
  }
}

/** Says that a second interrupt ended the process; the one object is printed even then. */
export function printInterrupted(output: Output, api: string | null): void {
  if (output.hasObject) return
  const facts = { name: 'InterruptedError', code: 'ERR_INTERRUPTED' }
  printUnknown(output, api, { ...facts, text: INTERRUPTED, label: t('stopped', '已停止') })
}

/** The places in our own code that an error passed, without its message, which may hold anything. */
function placesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}

/** Prints an error that is not one of llpay's: a bug. */
export function printBug(output: Output, api: string | null, error: unknown): void {
  const name = summarizeCause(error)?.message ?? 'Error'
  printUnknown(output, api, { name, code: 'ERR_BUG', text: BUG, label: t('bug', '内部错误') })
  if (output.verbose) {
    output.tell('faint', name, '')
    for (const place of placesOf(error)) output.talk(place.trim())
  }
}
