import { ParameterError, type Api } from '@llpay/core'
import { validateParams } from '@llpay/core/adapter'

import { checkSignature, type Partner } from './check-signature.ts'
import { replyWith, type GatewayReply } from './gateway-reply.ts'
import type { ReceivedRequest } from './read-message.ts'

/** The checks of the gateway, in its order; `state` is the endpoint's own. */
export type CheckName = 'json' | 'parameters' | 'merchant' | 'signature' | 'state'

/** The result of one check. */
export interface Check {
  readonly name: CheckName
  /** `null` if the request did not get that far. */
  readonly ok: boolean | null
  /** Why it failed. */
  readonly why?: string
}

/** The result of all checks, with the unsigned reply if one refuses the request. */
export interface CheckedRequest {
  readonly checks: readonly Check[]
  readonly refusal?: GatewayReply
  /** What the signature was made over, where that can be found. */
  readonly signed: string | null
}

const ORDER: readonly CheckName[] = ['json', 'parameters', 'merchant', 'signature', 'state']

/** Every check, those that were not reached included. */
export function completeChecks(reached: readonly Check[]): Check[] {
  return ORDER.map((name) => reached.find((check) => check.name === name) ?? { name, ok: null })
}

/** The members that every request has beside the endpoint's own. */
const ENVELOPE = ['oid_partner', 'sign_type', 'sign']

const RULES: Readonly<Record<string, string>> = {
  required: 'is missing',
  unknown: 'is not a parameter of this endpoint',
  non_empty: 'is empty',
  max_code_points: 'is too long',
  json_object: 'is not a JSON object',
}

/** Why a check refuses a request. */
interface Refusal {
  readonly name: string
  readonly why: string
}

const refusal = (name: string, why: string): Refusal => ({ name, why: `${name} ${why}` })

/** Finds the first parameter that is not valid. */
function findWrongParameter(
  api: Api,
  message: ReceivedRequest,
  strict: boolean,
): Refusal | undefined {
  const { texts, nested } = message
  if (!/^[0-9]{18}$/.test(texts['oid_partner'] ?? ''))
    return refusal('oid_partner', 'is not 18 digits')
  if (!api.signTypes.includes(texts['sign_type'] ?? '')) {
    return refusal('sign_type', `is not ${api.signTypes.join(' or ')}`)
  }
  if ((texts['sign'] ?? '') === '') return refusal('sign', 'is missing')
  const params = Object.entries(texts).filter(
    ([name, text]) =>
      !ENVELOPE.includes(name) && (strict || (Object.hasOwn(api.params, name) && text !== '')),
  )
  const object = params.find(([name]) => nested.includes(name))
  if (object !== undefined) return refusal(object[0], 'is an object or an array, not text')
  try {
    validateParams(api, Object.fromEntries(params))
    return undefined
  } catch (error) {
    const issue = error instanceof ParameterError ? error.issues[0] : undefined
    const name = issue?.path ?? '?'
    return refusal(name, RULES[issue?.rule ?? ''] ?? 'has a value that is not allowed')
  }
}

/**
 * Checks a request as LianLian's gate does, in its order: readable (1012), parameters (1004),
 * merchant (3001), signature (1001). Unknown and empty members are ignored as there; `strict`
 * refuses them.
 */
export async function checkRequest(
  api: Api,
  message: ReceivedRequest | string,
  { partners, strict }: { readonly partners: readonly Partner[]; readonly strict: boolean },
): Promise<CheckedRequest> {
  const passed: Check[] = []
  const refuse = (name: CheckName, why: string, code: string, detail?: string) => ({
    checks: [...passed, { name, ok: false, why }],
    refusal: replyWith(code, detail === undefined ? {} : { detail }),
    signed: null,
  })
  if (typeof message === 'string') return refuse('json', message, '1012')
  passed.push({ name: 'json', ok: true })
  const found = findWrongParameter(api, message, strict)
  if (found !== undefined) return refuse('parameters', found.why, '1004', found.name)
  passed.push({ name: 'parameters', ok: true })
  const { texts } = message
  const partner = partners.find(({ oidPartner }) => oidPartner === texts['oid_partner'])
  if (partner === undefined) return refuse('merchant', 'unknown oid_partner', '3001')
  passed.push({ name: 'merchant', ok: true })
  const { ok, why, signed } = await checkSignature(message, partner, partners)
  if (!ok) return { ...refuse('signature', why, '1001'), signed }
  return { checks: [...passed, { name: 'signature', ok: true }], signed }
}
