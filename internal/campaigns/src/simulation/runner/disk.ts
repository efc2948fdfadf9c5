import type { Disk, DiskFile } from '@internal/sources/cli-bulk'
import type { Random } from '@internal/testkit/random'

import type { Actor, World } from '../world.ts'

/** What goes wrong with one access that writes. */
export type DiskPlay = 'fine' | 'full' | 'full-halfway' | 'sync-fails'

interface Inode {
  /** As the processes see it. */
  bytes: Buffer
  /** As it is on the disk. */
  synced: Buffer
}

type Names = Map<string, Inode>
/** A change of names that may not be on the disk yet. */
type Change = (names: Names) => void

/** Called when lines are appended to a file. */
export type OnAppend = (actor: Actor, path: string, text: string) => void

const ZEROS = 0.25

/** An error of the platform. */
const failure = (code: string) => Object.assign(new Error(code), { code })

/** Tokens are random and of no interest to a reader. */
const shorten = (path: string) => path.replaceAll(/[0-9a-f]{16,}/g, (token) => token.slice(0, 4))

/**
 * A model of a disk: what was written is seen at once by every process, and survives a power failure
 * from its sync on; names do from the sync of their folder on.
 */
export class SimulatedDisk {
  readonly #world: World
  readonly #plays: readonly DiskPlay[]
  readonly #onAppend: OnAppend
  #names: Names = new Map()
  #onDisk: Names = new Map()
  #unsynced: Change[] = []
  #accesses = 0

  constructor(world: World, plays: readonly DiskPlay[], onAppend: OnAppend) {
    this.#world = world
    this.#plays = plays
    this.#onAppend = onAppend
  }

  /** The text of a file, as the processes see it. */
  read(path: string): string {
    return this.#names.get(path)?.bytes.toString() ?? ''
  }

  /** The text of a file that would survive a power failure. */
  readSynced(path: string): string {
    return this.#onDisk.get(path)?.synced.toString() ?? ''
  }

  /** Loses what was not synced: any part of it, in the order in which it was done. */
  losePower(random: Random): void {
    const kept = Math.floor(random() * (this.#unsynced.length + 1))
    for (const change of this.#unsynced.slice(0, kept)) change(this.#onDisk)
    this.#unsynced = []
    this.#names = new Map(this.#onDisk)
    for (const inode of this.#names.values()) {
      inode.bytes = survivorOf(inode, random)
      inode.synced = inode.bytes
    }
  }

  /** The disk as a process sees it. */
  of(actor: Actor): Disk {
    const touch = () => this.#world.touchAtOnce(actor)
    const change = (what: string, make: Change) => {
      make(this.#names)
      this.#unsynced.push(make)
      this.#world.note(actor.name, shorten(what))
    }
    return {
      open: (path, mode) => {
        touch()
        const known = this.#names.get(path)
        if (known === undefined && mode === 'read') throw failure('ENOENT')
        if (known !== undefined && mode === 'create') throw failure('EEXIST')
        if (known !== undefined) return this.#open(actor, path, known)
        if (this.#play() === 'full') throw this.#fail(actor, path, 'ENOSPC')
        const inode = { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
        change(`creates ${path}`, (names) => names.set(path, inode))
        return this.#open(actor, path, inode)
      },
      size: (path) => {
        touch()
        return this.#names.get(path)?.bytes.length
      },
      resolve: (path) => path,
      list: () => {
        touch()
        return [...this.#names.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1))
      },
      link: (from, to) => {
        touch()
        const inode = this.#names.get(from)
        if (inode === undefined) throw failure('ENOENT')
        if (this.#names.has(to)) throw failure('EEXIST')
        change(`links ${to}`, (names) => names.set(to, inode))
      },
      rename: (from, to) => {
        touch()
        const inode = this.#names.get(from)
        if (inode === undefined) throw failure('ENOENT')
        change(`renames ${from} to ${to}`, (names) => {
          names.delete(from)
          names.set(to, inode)
        })
      },
      unlink: (path) => {
        touch()
        if (this.#names.has(path)) change(`removes ${path}`, (names) => names.delete(path))
      },
      syncFolder: async () => {
        await this.#world.step(actor, 'syncs the folder')
        for (const each of this.#unsynced) each(this.#onDisk)
        this.#unsynced = []
      },
    }
  }

  #play(): DiskPlay {
    this.#accesses += 1
    return this.#plays[this.#accesses - 1] ?? 'fine'
  }

  #fail(actor: Actor, path: string, code: string): Error {
    this.#world.note(actor.name, `meets ${code} at ${shorten(path)}`)
    return failure(code)
  }

  #open(actor: Actor, path: string, inode: Inode): DiskFile {
    const touch = () => this.#world.touchAtOnce(actor)
    return {
      size: () => {
        touch()
        return inode.bytes.length
      },
      read: (position, length) => {
        touch()
        return inode.bytes.subarray(position, position + length)
      },
      append: (text) => {
        touch()
        const play = this.#play()
        const added = Buffer.from(text)
        const written = play === 'full-halfway' ? added.subarray(0, added.length / 2) : added
        if (play === 'full') throw this.#fail(actor, path, 'ENOSPC')
        inode.bytes = Buffer.concat([inode.bytes, written])
        if (play === 'full-halfway') throw this.#fail(actor, path, 'ENOSPC')
        this.#onAppend(actor, path, text)
        touch()
      },
      overwrite: (position, text) => {
        touch()
        const bytes = Buffer.from(inode.bytes)
        bytes.write(text, position)
        inode.bytes = bytes
      },
      truncate: (size) => {
        touch()
        inode.bytes = inode.bytes.subarray(0, size)
        this.#world.note(actor.name, `cuts ${path} off`)
      },
      sync: async () => {
        await this.#world.step(actor, 'syncs a file')
        if (this.#play() === 'sync-fails') throw this.#fail(actor, path, 'EIO')
        inode.synced = inode.bytes
      },
      close: () => undefined,
    }
  }
}

/** What a power failure leaves of a file. */
function survivorOf({ bytes, synced }: Inode, random: Random): Buffer {
  const isLonger = bytes.subarray(0, synced.length).equals(synced)
  if (!isLonger) return random() < 0.5 ? synced : bytes
  const extra = Math.floor(random() * (bytes.length - synced.length + 1))
  const isZero = random() < ZEROS
  return isZero
    ? Buffer.concat([synced, Buffer.alloc(extra)])
    : bytes.subarray(0, synced.length + extra)
}
