import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

import { systemCode } from '../../config/files.ts'

const OWNER_ONLY = 0o600
const DRAFT_BYTES = 8
/** `create` refuses a file that is there, `append` makes one that is not, `read` does neither. */
const MODES = { create: 'wx+', append: 'a+', read: 'r' } as const
/** Platforms that open no folder, or sync none: their file systems keep the order by themselves. */
const NO_FOLDER_SYNC = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']

const syncData = promisify(fdatasync)

/** An open file. What fails throws an error with the `code` of the platform, such as `ENOSPC`. */
export interface DiskFile {
  /** The size in bytes, at the moment. */
  size(): number
  /** Reads bytes from a place on; fewer than asked for only at the end of the file. */
  read(position: number, length: number): Uint8Array
  /** Writes all of a text at the end. */
  append(text: string): void
  /** Writes a text over what is at a place; not for files opened to append. */
  overwrite(position: number, text: string): void
  /** Cuts the file off. */
  truncate(size: number): void
  /** What was written before is on the disk when this resolves. */
  sync(): Promise<void>
  close(): void
}

/** The file system below a ledger. Everything but the syncing is done when a method returns. */
export interface Disk {
  /** Opens a file; one that is made is its owner's alone. */
  open(path: string, mode: keyof typeof MODES): DiskFile
  /** The size in bytes; `undefined` where there is no file of that name. */
  size(path: string): number | undefined
  /** The path of a file without links on the way; as it is where there is no file of that name. */
  resolve(path: string): string
  /** The names in a folder. */
  list(folder: string): readonly string[]
  /** Gives a file a second name; throws `EEXIST` where the name is taken. */
  link(from: string, to: string): void
  /** Gives a file another name, in place of any file that has it. */
  rename(from: string, to: string): void
  /** Removes a name; one that does not exist is fine. */
  unlink(path: string): void
  /** The names in the folder of a file are on the disk when this resolves. */
  syncFolder(path: string): Promise<void>
}

class RealFile implements DiskFile {
  readonly #fd: number

  constructor(fd: number) {
    this.#fd = fd
  }

  size(): number {
    return fstatSync(this.#fd).size
  }

  read(position: number, length: number): Uint8Array {
    const bytes = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const count = readSync(this.#fd, bytes, filled, length - filled, position + filled)
      if (count === 0) break
      filled += count
    }
    return bytes.subarray(0, filled)
  }

  append(text: string): void {
    // The platform takes it into memory at once; a hop to another thread would cost ten times as much.
    appendFileSync(this.#fd, text)
  }

  overwrite(position: number, text: string): void {
    writeSync(this.#fd, text, position)
  }

  truncate(size: number): void {
    ftruncateSync(this.#fd, size)
  }

  sync(): Promise<void> {
    return syncData(this.#fd)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

/** The file system of this machine. */
export const realDisk: Disk = {
  open: (path, mode) => new RealFile(openSync(path, MODES[mode], OWNER_ONLY)),
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size,
  resolve(path) {
    try {
      return realpathSync(path)
    } catch {
      return path
    }
  },
  list: (folder) => readdirSync(folder),
  link: linkSync,
  rename: renameSync,
  unlink: (path) => rmSync(path, { force: true }),
  async syncFolder(path) {
    try {
      const fd = openSync(dirname(path), 'r')
      try {
        fsyncSync(fd)
      } finally {
        closeSync(fd)
      }
    } catch (error) {
      if (!NO_FOLDER_SYNC.includes(systemCode(error) ?? '')) throw error
    }
  },
}

/** Reads a small file whole; `undefined` where there is none of that name. */
export function readText(disk: Disk, path: string): string | undefined {
  let file: DiskFile
  try {
    file = disk.open(path, 'read')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    return Buffer.from(file.read(0, file.size())).toString('utf8')
  } finally {
    file.close()
  }
}

/**
 * Writes a file that is there whole or not at all, whatever happens meanwhile: under another name
 * first, synced, and then renamed. The caller must be the only one who writes it.
 *
 * @param check called before the renaming; what it throws leaves the file as it was.
 */
export async function writeWhole(
  disk: Disk,
  path: string,
  text: string,
  check: () => void,
): Promise<void> {
  // A name that nobody else has: a file of the user's may be called by any other.
  const draft = `${path}.${randomBytes(DRAFT_BYTES).toString('hex')}.new`
  try {
    const file = disk.open(draft, 'create')
    try {
      file.append(text)
      await file.sync()
    } finally {
      file.close()
    }
    check()
    disk.rename(draft, path)
  } catch (error) {
    disk.unlink(draft)
    throw error
  }
  await disk.syncFolder(path)
}
