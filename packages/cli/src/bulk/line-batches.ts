/** Writes lines one batch after another: what is added while one is written makes up the next. */
export class LineBatches {
  readonly #write: (lines: string) => Promise<void>
  #waiting: string[] = []
  /** The writing that has not begun, and will take what is waiting. */
  #next: Promise<void> | undefined
  /** The writing that is under way. */
  #last: Promise<void> = Promise.resolve()

  constructor(write: (lines: string) => Promise<void>) {
    this.#write = write
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

  #flush(): Promise<void> {
    const lines = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    return this.#write(lines)
  }
}
