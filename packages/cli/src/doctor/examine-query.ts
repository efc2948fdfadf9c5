import { isLLPayError, RejectedError } from '@llpay/core'
import { describeReturnCode } from '@llpay/core/return-codes'
import { SAMPLES } from '@llpay/core/samples'
import { createClient } from '@llpay/node'

import { CATEGORY_ADVICE } from '../codes/category-advice.ts'
import { fine, problem, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

const CHECK = 'query'

/** What the codes that stop every call mean here, more exactly than their category. */
const FIXES: Readonly<Record<string, string>> = {
  '1001':
    'The public key in the merchant console is not that of this private key: llpay key convert FILE --public --as base64 prints the one to upload.',
  '1008':
    'LianLian does not know the address that calls leave from. Behind NAT it is not the one above: ask LianLian which one it sees, and have it entered.',
  '3001':
    'LianLian does not know this merchant number: check it, and whether it is for test or live.',
}

/**
 * Asks which bank a well-known test card is of. It changes nothing, and a signed answer proves the
 * keys in both directions.
 */
export async function examineQuery(patient: Patient): Promise<Finding[]> {
  const { settings, privateKey, gatewayKeys, signal } = patient
  const oidPartner = settings.oidPartner?.value
  if (oidPartner === undefined || privateKey === undefined) return []
  try {
    const client = createClient({
      oidPartner,
      privateKey: privateKey.pkcs8,
      gatewayPublicKey: gatewayKeys.map(({ spki }) => spki),
      baseUrl: settings.baseUrl?.value,
      proxy: 'environment',
    })
    const { card_no = '' } = SAMPLES['card.query-bin'].params
    await client.card.queryBin({ card_no }, { signal })
    return [fine(CHECK, 'answered and signed: both pairs of keys work')]
  } catch (error) {
    if (!isLLPayError(error) || signal.aborted) throw error
    const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
    const category = describeReturnCode(code)?.category ?? ''
    return [problem(CHECK, error, FIXES[code] ?? CATEGORY_ADVICE[category])]
  }
}
