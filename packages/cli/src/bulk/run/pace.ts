import type { Clock } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'

import { t } from '../../output/language.ts'
import { invalidError } from '../../program/errors.ts'

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
  throw invalidError(
    'bulk.rate',
    t(
      '--rate takes cards per second, minute or hour, such as 20/s, 600/m or 1000/h, or none.',
      '--rate 接受每秒、每分或每小时的卡数，例如 20/s、600/m、1000/h，或 none。',
    ),
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

const FIRST_MS = 5_000
const LONGEST_MS = 300_000

/** Notices that nothing succeeds any more, and says how long to leave the gateway alone. */
export class Breaker {
  readonly #limit: number
  #inARow = 0

  /** @param limit how many jobs in a row may come to nothing. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** A job was decided: the gateway replies. */
  succeed(): void {
    this.#inARow = 0
  }

  /** A job came to nothing. Gives the milliseconds to wait before the next one; mostly 0. */
  fail(): number {
    this.#inARow += 1
    const times = Math.floor(this.#inARow / this.#limit)
    return times === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - 1))
  }
}

/** No delay is longer, whatever a gateway asks for. */
const MOST_MS = 300_000

/** Holds what is to be tried again later; it is small, and sorted by time. */
export class WaitingRoom<T> {
  readonly #clock: Clock
  readonly #waiting: { readonly item: T; readonly due: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#waiting.length
  }

  add(item: T, delayMs: number): void {
    const due = this.#clock.now() + Math.min(Math.max(0, delayMs), MOST_MS)
    const place = this.#waiting.findIndex((other) => other.due > due)
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, { item, due })
  }

  /** Takes the first that is due. */
  take(): T | undefined {
    return this.untilDue() > 0 ? undefined : this.#waiting.shift()?.item
  }

  /** Takes all, whether due or not. */
  empty(): T[] {
    return this.#waiting.splice(0).map(({ item }) => item)
  }

  /** Milliseconds until one is due; `Infinity` where nothing waits. */
  untilDue(): number {
    const [first] = this.#waiting
    return first === undefined ? Infinity : Math.max(0, first.due - this.#clock.now())
  }
}
