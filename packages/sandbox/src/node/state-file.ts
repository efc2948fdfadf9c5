import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { ConfigError } from '@llpay/core'

import { readCard } from '../control/read-cards.ts'
import type { SandboxCard } from '../state/sandbox-cards.ts'

const VERSION = 1
const OWNER_ONLY = 0o600

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined

function broken(path: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'sandbox.state-file',
    message: `${path} is not a state file of the sandbox.`,
    hint: 'Move it away, or name another file.',
    params: { path },
    zh: { message: `${path} 不是沙箱的状态文件。`, hint: '移走该文件，或指定另一个文件。' },
  })
}

function readState(path: string, text: string): SandboxCard[] {
  try {
    const { version, cards } = JSON.parse(text)
    if (version !== VERSION || !Array.isArray(cards)) throw broken(path)
    return cards.map((card: unknown) => readCard(card))
  } catch {
    throw broken(path)
  }
}

async function sync(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A file that holds the bound cards; it is always whole. */
export class StateFile {
  readonly #path: string
  readonly #listCards: () => readonly SandboxCard[]
  #writing: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(path: string, listCards: () => readonly SandboxCard[]) {
    this.#path = resolve(path)
    this.#listCards = listCards
  }

  /**
   * The cards of the file; `undefined` where there is no file yet.
   *
   * @throws {ConfigError} `ERR_CONFIG_INVALID`.
   */
  async load(): Promise<SandboxCard[] | undefined> {
    try {
      return readState(this.#path, await readFile(this.#path, 'utf8'))
    } catch (error) {
      if (error instanceof ConfigError) throw error
      if (codeOf(error) === 'ENOENT') return undefined
      throw this.#unusable(error)
    }
  }

  /** Writes the cards; resolves once a file with them is safe. Calls while one is written share the next. */
  async save(): Promise<void> {
    if (this.#next !== undefined) return this.#next
    if (this.#writing === undefined) {
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined
      })
      return this.#writing
    }
    this.#next = this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.save()
      })
    return this.#next
  }

  async #write(): Promise<void> {
    const temporary = `${this.#path}.${process.pid}.new`
    try {
      const file = await open(temporary, 'w', OWNER_ONLY)
      try {
        await file.writeFile(`${JSON.stringify({ version: VERSION, cards: this.#listCards() })}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#path)
      await sync(dirname(this.#path))
    } catch (error) {
      await rm(temporary, { force: true })
      throw this.#unusable(error)
    }
  }

  #unusable(error: unknown): ConfigError {
    const code = String(codeOf(error))
    return new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'sandbox.state-file-unusable',
      message: `The state file ${this.#path} cannot be used (${code}).`,
      hint: 'Name a file in a folder that you can write to.',
      params: { path: this.#path, code },
      zh: {
        message: `无法使用状态文件 ${this.#path}（${code}）。`,
        hint: '指定可写文件夹中的文件。',
      },
    })
  }
}
