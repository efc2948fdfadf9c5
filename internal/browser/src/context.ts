import { runCli, type CliRun } from '@internal/testkit/cli'
import { startSandbox, type StartedSandbox, type StartSandboxOptions } from '@llpay/sandbox/node'
import type { Browser } from 'playwright-core'

/** What every question has at hand. */
export interface Surroundings {
  readonly browser: Browser
}

/** A question about the page: it returns what is wrong. */
export interface PageQuestion {
  readonly name: string
  readonly ask: (surroundings: Surroundings) => Promise<readonly string[]>
}

/** The card that most questions unbind. */
export const CARD = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' } as const

/** Starts a sandbox with one bound card. */
export const startWithCard = (options: StartSandboxOptions = {}): Promise<StartedSandbox> =>
  startSandbox({ cards: [CARD], ...options })

/** Unbinds the card by the real command line. */
export const unbindByCli = (
  { env }: StartedSandbox,
  card: { user_id: string; no_agree: string; pay_type: string } = CARD,
): Promise<CliRun> =>
  runCli(
    [
      'unbind',
      `--user-id=${card.user_id}`,
      `--no-agree=${card.no_agree}`,
      `--pay-type=${card.pay_type}`,
      '--json',
    ],
    env,
  )
