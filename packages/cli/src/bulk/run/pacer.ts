import type { Clock } from '@llpay/core'
import { ConfigError } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'

const PER_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }
const RATE = /^([1-9][0-9]{0,6})\/([smh])$/

/**
 * Reads a rate such as `20/s`, `600/m` or `1000/h`, and gives the milliseconds between two; 0 for
 * `none`.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function parseRate(text: string): number {
  if (text === 'none') return 0
  const [, count, unit = ''] = RATE.exec(text) ?? []
  const perMs = PER_MS[unit]
  if (count !== undefined && perMs !== undefined) return perMs / Number(count)
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    '--rate takes so many cards per second, minute or hour, such as 20/s, 600/m or 1000/h, or none.',
  )
}

/** Lets one after another begin, with a pause between two. */
export class Pacer {
  readonly #intervalMs: number
  readonly #clock: Clock
  #next = 0

  constructor(intervalMs: number, clock: Clock = systemClock) {
    this.#intervalMs = intervalMs
    this.#clock = clock
  }

  /** Waits for one's turn; a signal ends the waiting. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.now()
    const mine = Math.max(now, this.#next)
    this.#next = mine + this.#intervalMs
    if (mine > now) await this.#clock.sleep(mine - now, signal)
  }

  /** Lets nobody begin for so long. */
  hold(ms: number): void {
    this.#next = Math.max(this.#next, this.#clock.now() + ms)
  }
}
