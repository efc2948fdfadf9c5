import type { Api } from '../../api/define-api.ts'
import { ProtocolError } from '../../errors/protocol-error.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import { SignatureError } from '../../errors/signature-error.ts'
import { TransportError } from '../../errors/transport-error.ts'
import { withoutPrototype } from '../../json/json-value.ts'
import { classify } from '../failures.ts'
import type { Evidence, EvidenceReply, Reply } from '../reply.ts'

/** "Not entitled", "wrong parameter", "does not fit": the merchant, or the list, lacks the product. */
const NO_SUCH_PRODUCT = ['3010', '1004', '5601']

/** Whether the refusal of a list says that the merchant lacks a product that was not named. */
export function lacksProduct(error: unknown, isNamed: boolean): boolean {
  const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
  return !isNamed && NO_SUCH_PRODUCT.includes(code)
}

/** What the list of bound cards shows about an agreement. */
export type ListStatus =
  | { readonly seen: 'listed' }
  | {
      readonly seen: 'not-listed'
      readonly evidence: Exclude<Evidence, 'signed-reply'>
      readonly reply: EvidenceReply<object>
    }
  | {
      readonly seen: 'inconclusive'
      /** Querying again would give the same: the list does not exist, or may not be queried. */
      readonly final: boolean
      /** The error that the query ended with, if it did. */
      readonly cause?: unknown
    }

const inconclusive = (final: boolean, cause?: unknown): ListStatus => ({
  seen: 'inconclusive',
  final,
  cause,
})

const TRY_AGAIN_STATUS = [408, 429]
const NO_LIST = ['ERR_REPLY_NOT_JSON', 'ERR_REPLY_INVALID']

function rowsOf({ fields }: Reply<object>): readonly unknown[] {
  const list: unknown = Reflect.get(fields, 'agreement_list')
  return Array.isArray(list) ? list : []
}

/** The agreements that a verified list shows. That it shows another one proves nothing about the rest. */
export function shownBy(reply: Reply<object>): ReadonlySet<unknown> {
  const count: unknown = Reflect.get(reply.fields, 'count')
  const isCounted = typeof count === 'string' && /^[1-9][0-9]*$/.test(count)
  const rows = isCounted ? rowsOf(reply) : []
  return new Set(
    rows.map((row) =>
      typeof row === 'object' && row !== null ? Reflect.get(row, 'no_agree') : undefined,
    ),
  )
}

/**
 * Reads the status from a verified list. The rows are not signed: they can only show "listed"; only the
 * signed count of zero shows "not listed".
 */
export function statusOfReply(reply: Reply<object>, no_agree: string): ListStatus {
  const count: unknown = Reflect.get(reply.fields, 'count')
  if (count === '0' && rowsOf(reply).length === 0) {
    return { seen: 'not-listed', evidence: 'signed-query', reply }
  }
  return shownBy(reply).has(no_agree) ? { seen: 'listed' } : inconclusive(false)
}

/**
 * Whether an error of the list means that the reply is forged or a key is wrong: no further query helps
 * then. A reply that merely does not have the form of a list proves nothing.
 */
export function isUntrusted(error: unknown): error is SignatureError | ProtocolError {
  return (
    error instanceof SignatureError ||
    (error instanceof ProtocolError && !NO_LIST.includes(error.code))
  )
}

/** Whether the gateway, or a proxy in front of it, refused the request itself. */
function isClientStatus(error: unknown): boolean {
  const status = error instanceof TransportError ? (error.status ?? 0) : 0
  return status >= 400 && status < 500 && !TRY_AGAIN_STATUS.includes(status)
}

/** Reads the status from a failed query; only a "no record" code shows anything. */
export function statusOfError(query: Api, error: unknown): ListStatus {
  if (!(error instanceof RejectedError)) return inconclusive(isClientStatus(error), error)
  const { returnCode = '', returnMessage, signature } = error
  const says = classify(query, returnCode)
  if (says !== 'not-listed') return inconclusive(says === 'refused', error)
  const fields = withoutPrototype({
    ret_code: returnCode,
    ...(returnMessage === undefined ? {} : { ret_msg: returnMessage }),
  })
  return {
    seen: 'not-listed',
    evidence: signature === 'verified' ? 'signed-query' : 'unsigned-query',
    reply: withoutPrototype({
      fields,
      signature,
      unsignedFields: signature === 'verified' ? [] : Object.keys(fields),
      attempts: 1,
    }),
  }
}
