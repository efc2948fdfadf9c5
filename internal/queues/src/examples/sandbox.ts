import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { vectorKey } from '@internal/vectors'

import { startSandbox } from '../../../demo/src/start-sandbox.ts'
import { startGateway } from '../contract/gateway.ts'
import { OID_PARTNER } from '../contract/merchant.ts'
import { EXAMPLES } from './repository.ts'

/** The variables that point an example at what it works with. */
export type Environment = Readonly<Record<string, string>>

/** Runs an example, reports its lines, and returns whether it succeeded. */
export type Run = (environment: Environment, report: (line: string) => void) => Promise<boolean>

/** A sandbox, and the variables that point an example at it. */
export interface OpenSandbox extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
}

interface Card {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type: string
}

/** The cards of the examples, one JSON object a line. */
export const CARDS_FILE: string = join(EXAMPLES, 'cards.ndjson')

/** The cards that are bound: all but the last. */
function boundCards(): Card[] {
  const lines = readFileSync(CARDS_FILE, 'utf8').trim().split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line))
}

/** Runs `llpay sandbox`. */
export async function openSandbox(): Promise<OpenSandbox> {
  const flags = boundCards().flatMap(({ user_id, no_agree, pay_type }) => [
    '--card',
    `${user_id}:${no_agree}:${pay_type}`,
  ])
  const { environment, stop } = await startSandbox(flags)
  return { environment, [Symbol.asyncDispose]: stop }
}

/** Serves `@llpay/sandbox` with test keys: workerd does not sign with the marked ones of `llpay sandbox`. */
export async function openOwnSandbox(): Promise<OpenSandbox> {
  const gateway = await startGateway()
  for (const { user_id, no_agree } of boundCards()) gateway.bind(user_id, no_agree)
  const environment = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: vectorKey('k2048').pkcs8Pem,
    LLPAY_GATEWAY_KEY: vectorKey('k1024').spkiPem,
    LLPAY_BASE_URL: gateway.url,
  }
  return { environment, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() }
}
