import { open, type FileHandle } from 'node:fs/promises'

const OWNER_ONLY = 0o600

/**
 * Appends lines to a file. What is appended while the disk is busy goes to it together, so that a
 * line costs little and is durable all the same.
 */
export class AppendLog {
  readonly #file: FileHandle
  #waiting: string[] = []
  /** The writing that has not begun, and will take what is waiting. */
  #next: Promise<void> | undefined
  /** The writing that is under way. */
  #last: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens a file for appending; one that is made is its owner's alone. */
  static async open(path: string): Promise<AppendLog> {
    return new AppendLog(await open(path, 'a', OWNER_ONLY))
  }

  /**
   * Appends a line; it is on the disk when this resolves. After a failure nothing more is written:
   * it would stand behind half a line.
   */
  append(line: string): Promise<void> {
    this.#waiting.push(line)
    if (this.#next === undefined) {
      this.#next = this.#last.then(() => this.#flush())
      this.#last = this.#next
    }
    return this.#next
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    await this.#file.appendFile(text)
    await this.#file.datasync()
  }
}
