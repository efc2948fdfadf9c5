import type { LLPayError } from '@llpay/core'

import { escapeText } from './escape.ts'
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

/** What is shown of an error, together with what the answer behind an unknown outcome said. */
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

/** Prints an error of llpay, as JSON on standard output or as talk on standard error. */
export function printError(output: Output, api: string | null, error: LLPayError): void {
  const facts = errorObject(error)
  if (output.json) {
    output.object({ ok: false, api, error: facts })
    return
  }
  output.tell('bad', 'error', error.message)
  if (error.hint !== undefined) output.tell('careful', 'next', error.hint)
  const { returnCode, returnMessage } = facts
  if (typeof returnMessage === 'string') {
    output.tell('faint', 'LianLian', `${String(returnCode)} ${escapeText(returnMessage)}`)
  }
  const { payType } = facts
  if (typeof payType === 'string') output.tell('faint', 'pay_type', escapeText(payType))
  output.tell('faint', 'code', error.code)
}
