import { isLLPayError, ParameterError, type Api } from '@llpay/core'
import { readJsonObject, validateParams, verifyMembers, type JsonObject } from '@llpay/core/adapter'

import { answer, type Answer } from './answer.ts'
import type { Partner } from './partner.ts'

/** A request that passed the gate. */
export interface Admitted {
  readonly members: Readonly<Record<string, string>>
}

/** The outcome of the gate: the request's members, or the unsigned refusal. */
export type Verdict = Admitted | { readonly refusal: Answer }

/** The members that every request has beside the endpoint's own. */
const ENVELOPE = ['oid_partner', 'sign_type', 'sign']

const refuse = (returnCode: string, detail?: string): Verdict => ({
  refusal: answer(returnCode, detail === undefined ? {} : { detail }),
})

function readMessage(text: string): JsonObject | undefined {
  try {
    return readJsonObject(text)
  } catch {
    return undefined
  }
}

/** The members as text; a member that is not text is left out, and so is missed by validation. */
function textsOf(message: JsonObject): Record<string, string> {
  const texts: Record<string, string> = Object.create(null)
  for (const [name, value] of message.members) {
    if (value.kind === 'string') texts[name] = value.value
  }
  return texts
}

/** Names the first parameter that is wrong; `undefined` where all are right. */
function wrongParameter(api: Api, texts: Readonly<Record<string, string>>): string | undefined {
  if (!/^[0-9]{18}$/.test(texts['oid_partner'] ?? '')) return 'oid_partner'
  if (!api.signTypes.includes(texts['sign_type'] ?? '')) return 'sign_type'
  if ((texts['sign'] ?? '') === '') return 'sign'
  const params = Object.entries(texts).filter(([name]) => !ENVELOPE.includes(name))
  try {
    validateParams(api, Object.fromEntries(params))
    return undefined
  } catch (error) {
    return error instanceof ParameterError ? (error.issues[0]?.path ?? '?') : '?'
  }
}

/**
 * Checks a request as LianLian's gate does, in its order: readable (1012), parameters (1004),
 * merchant (3001), signature (1001).
 */
export async function passGate(
  api: Api,
  text: string,
  partners: readonly Partner[],
): Promise<Verdict> {
  const message = readMessage(text)
  if (message === undefined) return refuse('1012')
  const members = textsOf(message)
  const wrong = wrongParameter(api, members)
  if (wrong !== undefined) return refuse('1004', wrong)
  const partner = partners.find(({ oidPartner }) => oidPartner === members['oid_partner'])
  if (partner === undefined) return refuse('3001')
  try {
    await verifyMembers(message, { verifiers: [partner.verifier], unsignedFields: [] })
  } catch (error) {
    if (isLLPayError(error)) return refuse('1001')
    throw error
  }
  return { members }
}
