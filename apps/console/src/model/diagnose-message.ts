import type { Cause, OtherKey, VerifyReport } from '@llpay/core/diagnose'
import { parsePublicKey } from '@llpay/core/keys'

import { openVerifier } from './verify-reply.ts'

/** A public key, and what to call it. */
export interface NamedPem {
  readonly name: string
  readonly pem: string
}

/** What a diagnosis needs besides the message. */
export interface DiagnosisKeys {
  readonly key: NamedPem
  /** Keys that are often taken for the right one, each with what it means if one signed. */
  readonly others: readonly (NamedPem & { readonly cause: Cause })[]
}

const nextFrame = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve)
  })

/** Verifies a message and, if it fails, looks for the cause: everything in this browser. */
export async function diagnoseMessage(
  message: string,
  { key, others }: DiagnosisKeys,
  options: { readonly unsignedFields?: readonly string[]; readonly truth?: string } = {},
): Promise<VerifyReport> {
  const [{ diagnose }, { digest }] = await Promise.all([
    import('@llpay/core/diagnose'),
    import('@llpay/edge/diagnose'),
  ])
  return diagnose(message, {
    keys: [{ name: key.name, key: parsePublicKey(key.pem), verifier: await openVerifier(key.pem) }],
    others: others.map(({ name, pem, cause }): OtherKey => {
      return { name, key: parsePublicKey(pem), cause }
    }),
    digest,
    pause: nextFrame,
    ...options,
  })
}
