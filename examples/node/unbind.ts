// Unbinds one card. README.md shows this file; start a sandbox first: llpay sandbox
import { readFileSync } from 'node:fs'

import { createClient, isLLPayError } from '@llpay/node'

const client = createClient({
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  privateKey: readFileSync(process.env['LLPAY_PRIVATE_KEY_FILE'] ?? ''),
  gatewayPublicKey: readFileSync(process.env['LLPAY_GATEWAY_KEY_FILE'] ?? ''),
  baseUrl: process.env['LLPAY_BASE_URL'], // unset: LianLian (live)
})
try {
  const card = { user_id: '1234567', no_agree: '2014031710002121' }
  const { outcome, evidence } = await client.card.ensureUnbound(card)
  console.log(outcome, evidence) // unbound signed-reply; again: not-bound
} catch (error) {
  if (!isLLPayError(error)) throw error
  console.error(error.code, error.delivered, error.message)
  process.exitCode = 1
}
