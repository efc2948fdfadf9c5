import { isLLPayError, RejectedError } from '@llpay/core'
import { describeReturnCode } from '@llpay/core/return-codes'
import { adviceFor } from '@llpay/core/return-codes/advice'
import { SAMPLES } from '@llpay/core/samples'
import { createClient } from '@llpay/node'

import { fine, problem, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

const CHECK = 'query'

/** The code of a refused address. Behind NAT, the address that doctor saw is not the one to enter. */
const UNKNOWN_ADDRESS = '1008'
const BEHIND_NAT = 'Behind NAT it is not the one above.'

function fixFor(code: string): string | undefined {
  const known = describeReturnCode(code)
  if (known === undefined) return undefined
  const { en } = adviceFor(code, known.category)
  return code === UNKNOWN_ADDRESS ? `${en} ${BEHIND_NAT}` : en
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
    return [problem(CHECK, error, fixFor(code))]
  }
}
