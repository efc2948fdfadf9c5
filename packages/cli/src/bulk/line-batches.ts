import type { Clock } from '@llpay/core'

/** How long a batch waits for more lines. */
interface Gathering {
  readonly gatherMs: number
  readonly clock: Clock
}

/** Writes lines one batch after another: what is added while one is written makes up the next. */
export class LineBatches {
  readonly #write: (lines: string) => Promise<void>
  readonly #gathering: Gathering | undefined
  #waiting: string[] = []
  /** The writing that has not begun, and will take what is waiting. */
  #next: Promise<void> | undefined
  /** The writing that is under way. */
  #last: Promise<void> = Promise.resolve()

  /** @param gathering left out where writing costs little: then a batch waits for nothing. */
  constructor(write: (lines: string) => Promise<void>, gathering?: Gathering) {
    this.#write = write
    this.#gathering = gathering
  }

  /**
   * Adds a line; it is written when this resolves. After a failure nothing more is written: it would
   * stand behind half a line.
   */
  add(line: string): Promise<void> {
    this.#waiting.push(line)
    if (this.#next === undefined) {
      this.#next = this.#last.then(() => this.#flush())
      this.#last = this.#next
    }
    return this.#next
  }

  async #flush(): Promise<void> {
    if (this.#gathering !== undefined) {
      await this.#gathering.clock.sleep(this.#gathering.gatherMs)
    }
    const lines = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    await this.#write(lines)
  }
}
