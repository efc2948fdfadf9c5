import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../../config/files.ts'
import { t } from '../../output/language.ts'
import { errorText, invalidError } from '../../program/errors.ts'
import { readText, type Disk, type DiskFile } from './disk.ts'
import {
  judgeLock,
  type Patience,
  type SeenLock,
  beatText,
  readLockText,
  writeLockText,
  type LockText,
} from './lock-file.ts'
import type { Platform } from './platform.ts'

const TOKEN_BYTES = 16
/** What a run adds to the name of a lock: its token, or the name of the lock that it takes over. */
const OF_A_RUN = /^(?:[0-9a-f]{32}|after-[0-9a-f]{16})$/
/** How often a run counts. */
const BEAT_MS = 2_000
/** A lock that is there and cannot be read, such as a link to nothing, is not waited for. */
const MOST_UNREADABLE = 5
const UNREADABLE_MS = 500
/** File systems that have no hard links say so with one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']

/** A ledger that this run alone works on. */
export interface Lock {
  /** @throws {ConfigError} `ERR_CONFIG_CONFLICT` once another run has taken the ledger over. */
  check(): void
  /** Lets go of the ledger. */
  release(): void
}

const inUse = (lock: LockText) =>
  new ConfigError(
    'ERR_CONFIG_CONFLICT',
    errorText(
      'bulk.ledger-in-use',
      t(
        `Another run${lock.kind === 'torn' ? '' : ` (process ${lock.holder.pid})`} works on this ledger.`,
        `另一个运行${lock.kind === 'torn' ? '' : `（进程 ${lock.holder.pid}）`}正在使用该台账。`,
      ),
      t('Wait until it ends, or interrupt it.', '等待其结束，或中断它。'),
    ),
  )

const lost = () =>
  new ConfigError(
    'ERR_CONFIG_CONFLICT',
    errorText(
      'bulk.ledger-lost',
      t(
        'Another run took this ledger over while this one did not respond, or its lock file was removed. This run was stopped and sends nothing more.',
        '本次运行未响应时，另一个运行接管了该台账，或锁文件被删除。本次运行已停止，不再发出请求。',
      ),
      t(
        'Run the same command again when the other run has ended.',
        '等另一个运行结束后，重新运行同一命令。',
      ),
    ),
  )

const unwritable = (error: unknown) =>
  invalidError(
    'bulk.ledger-unwritable',
    t(
      `No file can be written beside the ledger (${systemCode(error) ?? 'a lock file there cannot be read'}).`,
      `无法在台账旁写入文件（${systemCode(error) ?? '锁文件无法读取'}）。`,
    ),
    t(
      'Make room there, or set --ledger FILE in a folder that can be written.',
      '释放空间，或用 --ledger FILE 指定可写的目录。',
    ),
  )

/** Whether a file is one that a run made on its way to a lock, and not one of the user's. */
const isDraft = (name: string, lock: string) =>
  name.startsWith(`${lock}.`) && OF_A_RUN.test(name.slice(lock.length + 1))

/** One attempt to hold a ledger. */
class Contender {
  readonly #path: string
  readonly #ledger: string
  readonly #platform: Platform
  readonly #patience: Patience
  readonly #token = randomBytes(TOKEN_BYTES).toString('hex')
  readonly #written: ReturnType<typeof writeLockText>
  #file: DiskFile | undefined

  constructor(ledger: string, platform: Platform, patience: Patience) {
    this.#ledger = ledger
    this.#path = `${ledger}.lock`
    this.#platform = platform
    this.#patience = patience
    this.#written = writeLockText({ token: this.#token, ...platform.processes.own() })
  }

  async take(): Promise<Lock> {
    const draft = `${this.#path}.${this.#token}`
    try {
      await this.#drawUp(draft)
      await this.#contend(draft)
      this.#tidyUp()
      await this.#disk.syncFolder(this.#path)
      this.#check()
    } catch (error) {
      this.#letGo()
      this.#file?.close()
      this.#disk.unlink(draft)
      throw error
    }
    return this.#hold()
  }

  get #disk(): Disk {
    return this.#platform.disk
  }

  /** Writes a lock under its own name; `undefined` where the name is taken. */
  async #write(path: string): Promise<DiskFile | undefined> {
    let file: DiskFile | undefined
    try {
      file = this.#disk.open(path, 'create')
      file.append(this.#written.text)
      await file.sync()
      return file
    } catch (error) {
      if (file === undefined && systemCode(error) === 'EEXIST') return undefined
      file?.close()
      if (file !== undefined) this.#disk.unlink(path)
      throw unwritable(error)
    }
  }

  async #drawUp(draft: string): Promise<void> {
    this.#file?.close()
    this.#file = await this.#write(draft)
  }

  /** Puts the draft where nothing is yet. */
  async #place(draft: string, path: string): Promise<boolean> {
    try {
      this.#disk.link(draft, path)
      return true
    } catch (error) {
      const code = systemCode(error) ?? ''
      if (code === 'EEXIST') return false
      if (code === 'ENOENT') {
        // The run that holds the ledger has tidied up behind others.
        await this.#drawUp(draft)
        return false
      }
      if (!NO_LINKS.includes(code)) throw unwritable(error)
    }
    const file = await this.#write(path)
    if (file === undefined) return false
    this.#file?.close()
    this.#file = file
    return true
  }

  async #contend(draft: string): Promise<void> {
    let unreadable = 0
    while (!(await this.#place(draft, this.#path))) {
      const chain = this.#readChain()
      const last = chain.at(-1)
      if (last === undefined) {
        unreadable += 1
        if (unreadable > MOST_UNREADABLE) throw unwritable(undefined)
        await this.#platform.clock.sleep(UNREADABLE_MS)
        continue
      }
      const state = await judgeLock(last, this.#ledger, this.#platform, this.#patience)
      if (state === 'working') throw inUse(last.lock)
      if (state === 'ended' && (await this.#takeOver(draft, chain, last))) return
    }
  }

  /** The lock, and behind it what runs made that were about to take it over. */
  #readChain(): readonly SeenLock[] {
    const chain: SeenLock[] = []
    let path = this.#path
    for (;;) {
      const text = readText(this.#disk, path)
      if (text === undefined) return chain
      const lock = readLockText(text)
      if (chain.some((seen) => seen.lock.name === lock.name)) return chain
      chain.push({ path, text, lock })
      path = this.#successor(lock)
    }
  }

  /** The run that creates this file takes a lock over. It is named after the lock, so that no live one is moved. */
  #successor({ name }: LockText): string {
    return `${this.#path}.after-${name}`
  }

  async #takeOver(draft: string, chain: readonly SeenLock[], last: SeenLock): Promise<boolean> {
    const claim = this.#successor(last.lock)
    if (!(await this.#place(draft, claim))) return false
    const isUnchanged =
      readLockText(readText(this.#disk, this.#path) ?? '').name === chain[0]?.lock.name
    if (!isUnchanged) {
      this.#disk.unlink(claim)
      return false
    }
    try {
      this.#disk.rename(claim, this.#path)
      return true
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false
      throw unwritable(error)
    }
  }

  /** Removes the drafts of runs that have ended, or have lost. */
  #tidyUp(): void {
    const folder = dirname(this.#path)
    try {
      for (const name of this.#disk.list(folder)) {
        if (isDraft(name, basename(this.#path))) this.#disk.unlink(join(folder, name))
      }
    } catch {
      // A folder that cannot be listed keeps them, and they are in nobody's way.
    }
  }

  #isHeld(): boolean {
    return readText(this.#disk, this.#path)?.includes(this.#token) === true
  }

  #check(): void {
    if (!this.#isHeld()) throw lost()
  }

  #letGo(): void {
    try {
      if (this.#isHeld()) this.#disk.unlink(this.#path)
    } catch {
      // It stays behind, and names a process that has ended.
    }
  }

  #hold(): Lock {
    const released = new AbortController()
    const beating = this.#beat(released.signal)
    return {
      check: () => this.#check(),
      release: () => {
        if (released.signal.aborted) return
        released.abort()
        this.#letGo()
        void beating.finally(() => this.#file?.close())
      },
    }
  }

  /** Counts, in the lock file that this run made: one that took its place is never touched. */
  async #beat(released: AbortSignal): Promise<void> {
    const { clock } = this.#platform
    for (let beat = 1; ; beat += 1) {
      await clock.sleep(BEAT_MS, released)
      if (released.aborted) return
      try {
        this.#file?.overwrite(this.#written.beatAt, beatText(beat))
        await this.#file?.sync()
      } catch {
        // Another run may take over then, and the next check notices it.
      }
    }
  }
}

/**
 * Makes sure that one run at a time works on a ledger. A lock whose process is gone is taken over at
 * once; one of another machine or container, or of a process that does not respond, after a minute in
 * which it did not count.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT` where another run works on it, `ERR_CONFIG_INVALID` where
 *   no file can be written beside it.
 * @throws {TransportError} `ERR_TRANSPORT_ABORTED` where the waiting was interrupted.
 */
export const takeLock = (
  ledger: string,
  platform: Platform,
  patience: Patience = {},
): Promise<Lock> => new Contender(ledger, platform, patience).take()
