import { setTimeout as pause } from 'node:timers/promises'

/** Writes lines one batch after another: what is added while one is written makes up the next. */
export class LineBatches {
  readonly #write: (lines: string) => Promise<void>
  readonly #gatherMs: number
  #waiting: string[] = []
  /** The writing that has not begun, and will take what is waiting. */
  #next: Promise<void> | undefined
  /** The writing that is under way. */
  #last: Promise<void> = Promise.resolve()

  /** @param gatherMs how long a batch waits for more; 0 where writing costs little. */
  constructor(write: (lines: string) => Promise<void>, gatherMs = 0) {
    this.#write = write
    this.#gatherMs = gatherMs
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
    if (this.#gatherMs > 0) await pause(this.#gatherMs)
    const lines = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    await this.#write(lines)
  }
}
