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
