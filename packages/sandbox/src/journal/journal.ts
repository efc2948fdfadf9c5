import { decodeUtf8, encodeUtf8 } from '@llpay/core/adapter'

import type { Check } from '../gateway/check-request.ts'

/** One request that arrived, and what became of it. */
export interface JournalEntry {
  /** Rises by one with each request, in the order in which they were finished. */
  readonly id: number
  /** Names this run of the sandbox; a restart changes it, and ids begin again. */
  readonly run: string
  /** When the request arrived, in milliseconds since 1970, by the sandbox's clock. */
  readonly at: number
  /** The endpoint's id; `null` where the path is not an endpoint's. */
  readonly api: string | null
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** The HTTP status that was sent; `null` where the connection was dropped. */
  readonly status: number | null
  /** The body that arrived; `null` where there was none to read, or where it was not UTF-8. */
  readonly body: string | null
  /** The members that arrived, as text, `sign` included. */
  readonly members: Readonly<Record<string, string>>
  /** The gateway's checks in their order; `ok` is `null` where the request did not get so far. */
  readonly checks: readonly Check[]
  /** The text that a good signature covers; `null` where the body is not a message. */
  readonly canonical: string | null
  /** The text that the signature was made over, where that can be found. */
  readonly signed: string | null
  /** The body that was sent; `null` where the connection was dropped. */
  readonly reply: string | null
  /** The return code that processing came to, whatever was sent; `null` where there is none. */
  readonly ret_code: string | null
  /** The scenario that was played. */
  readonly scenario: string
  /** From the request's arrival to its reply, in milliseconds, by the sandbox's clock. */
  readonly durationMs: number
  /** Whether a text was longer than 16 KiB and is cut here. */
  readonly truncated: boolean
}

/** What the gateway notes of a request; the journal adds the rest. */
export type RequestRecord = Omit<JournalEntry, 'id' | 'run' | 'truncated'>

const KIB = 1024
const MAX_TEXT_BYTES = 16 * KIB
const MAX_BYTES = 32 * KIB * KIB
const MAX_MEMBERS = 256
/** What an entry and a member weigh beside their texts, about. */
const ENTRY_BYTES = 1 * KIB
const MEMBER_BYTES = 64

/** The first bytes of a text, without half a character at the end. */
function cut(text: string): string {
  // A unit has at least one byte: what is behind these is too much in any case.
  const head = text.slice(0, MAX_TEXT_BYTES).replace(/[\ud800-\udbff]$/, '')
  const bytes = encodeUtf8(head)
  if (head.length === text.length && bytes.length <= MAX_TEXT_BYTES) return text
  let end = Math.min(bytes.length, MAX_TEXT_BYTES)
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return decodeUtf8(bytes.subarray(0, end)) ?? ''
}

/** Cuts what is too long. */
function shorten(record: RequestRecord): { record: RequestRecord; truncated: boolean } {
  let truncated = false
  const short = (text: string) => {
    // A text has at most three bytes for each of its units.
    if (text.length * 3 <= MAX_TEXT_BYTES) return text
    const shorter = cut(text)
    truncated ||= shorter !== text
    return shorter
  }
  const maybe = (text: string | null) => (text === null ? null : short(text))
  const members = Object.entries(record.members)
  truncated ||= members.length > MAX_MEMBERS
  const cutRecord = {
    ...record,
    path: short(record.path),
    body: maybe(record.body),
    members: Object.fromEntries(
      members.slice(0, MAX_MEMBERS).map(([name, text]) => [short(name), short(text)]),
    ),
    canonical: maybe(record.canonical),
    signed: maybe(record.signed),
    reply: maybe(record.reply),
  }
  return { record: cutRecord, truncated }
}

/** What a text takes in memory: engines store Latin text in a byte a character. */
const weigh = (text: string) => (/[^\u0000-\u00ff]/.test(text) ? 2 : 1) * text.length

function weighEntry(entry: JournalEntry): number {
  const { path, body, checks, canonical, signed, reply } = entry
  const texts = [path, body ?? '', canonical ?? '', signed ?? '', reply ?? '']
  const named = Object.entries(entry.members)
  return (
    ENTRY_BYTES +
    named.length * MEMBER_BYTES +
    [...texts, ...named.flat(), ...checks.map(({ why = '' }) => why)].reduce(
      (sum, text) => sum + weigh(text),
      0,
    )
  )
}

/** The requests that arrived, up to a limit: the oldest are dropped first. */
export class Journal {
  readonly #limit: number
  readonly #entries = new Map<number, { readonly entry: JournalEntry; readonly bytes: number }>()
  readonly #listeners = new Set<() => void>()
  #run: string | undefined
  #last = 0
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Names this run; ids of another run mean nothing here. */
  get run(): string {
    // Workers have no random numbers before the first request.
    this.#run ??= Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('')
    return this.#run
  }

  /** The id of the newest entry; 0 where there was none. */
  get last(): number {
    return this.#last
  }

  /** Notes a request. */
  add(record: RequestRecord): JournalEntry {
    const { record: short, truncated } = shorten(record)
    this.#last += 1
    // Texts that were cut out of a long body would keep all of it in memory: these are copies.
    const entry: JournalEntry = JSON.parse(
      JSON.stringify({ id: this.#last, run: this.run, ...short, truncated }),
    )
    const bytes = weighEntry(entry)
    this.#entries.set(entry.id, { entry, bytes })
    this.#bytes += bytes
    this.#makeRoom()
    for (const listener of this.#listeners) listener()
    return entry
  }

  /** The entry with an id, if it is still there. */
  find(id: number): JournalEntry | undefined {
    return this.#entries.get(id)?.entry
  }

  /** The oldest entry behind an id. */
  next(id: number): JournalEntry | undefined {
    const oldest = this.#entries.keys().next().value
    return oldest === undefined ? undefined : this.find(Math.max(id + 1, oldest))
  }

  /** The entries behind an id, oldest first. */
  after(id: number): JournalEntry[] {
    const entries: JournalEntry[] = []
    for (let entry = this.next(id); entry !== undefined; entry = this.next(entry.id)) {
      entries.push(entry)
    }
    return entries
  }

  /** Every entry, oldest first. */
  list(): JournalEntry[] {
    return this.after(0)
  }

  /** Forgets every entry; ids go on. */
  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
  }

  /** Calls back after each new entry; returns what stops that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #makeRoom(): void {
    for (const [id, { bytes }] of this.#entries) {
      if (this.#entries.size <= this.#limit && this.#bytes <= MAX_BYTES) return
      this.#entries.delete(id)
      this.#bytes -= bytes
    }
  }
}
