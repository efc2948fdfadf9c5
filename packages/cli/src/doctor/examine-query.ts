import { isLLPayError, RejectedError } from '@llpay/core'
import { describeReturnCode } from '@llpay/core/return-codes'
import { adviceFor } from '@llpay/core/return-codes/advice'
import { SAMPLES } from '@llpay/core/samples'
import { createClient } from '@llpay/node'

import { t, type Phrase } from '../output/language.ts'
import { fine, problem, type Finding, type Patient } from './finding.ts'

const CHECK = 'query'

/** The code of a refused address. Behind NAT, the address that doctor saw is not the one to enter. */
const UNKNOWN_ADDRESS = '1008'
const BEHIND_NAT = t(
  'Behind NAT it is not the outgoing address above.',
  '经过 NAT 时，它不是上面的出口地址。',
)

function fixFor(code: string): Phrase | undefined {
  const known = describeReturnCode(code)
  if (known === undefined) return undefined
  const advice = adviceFor(code, known.category)
  return code === UNKNOWN_ADDRESS
    ? t(`${advice.en} ${BEHIND_NAT.en}`, advice.zh + BEHIND_NAT.zh)
    : advice
}

/**
 * Looks up the bank of a well-known test card. It changes nothing, and a signed reply proves the
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
    return [
      fine(
        CHECK,
        t(
          'the reply is signed and verifies: both key pairs work',
          '应答已签名且验签通过：两对密钥均可用',
        ),
      ),
    ]
  } catch (error) {
    if (!isLLPayError(error) || signal.aborted) throw error
    const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
    return [problem(CHECK, error, fixFor(code))]
  }
}
