import type { Journal } from '../journal/journal.ts'

/** What a stream of events may hold back for a reader that is slow, in bytes. */
const HIGH_WATER_MARK = 256 * 1024

const RECONNECT_MS = 1000

/**
 * Streams journal entries as server-sent events, from behind an id on. The journal is the buffer: a
 * slow reader gets what is still there, and one that reconnects misses nothing.
 */
export function streamEvents(journal: Journal, after: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cursor = after > journal.last ? 0 : after
  let stop: (() => void) | undefined
  const pump = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    while ((controller.desiredSize ?? 0) > 0) {
      const entry = journal.next(cursor)
      if (entry === undefined) return
      cursor = entry.id
      const text = `event: request\nid: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`
      controller.enqueue(encoder.encode(text))
    }
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${RECONNECT_MS}\n: ${journal.run}\n\n`))
        stop = journal.subscribe(() => pump(controller))
      },
      pull: pump,
      cancel: () => stop?.(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_MARK }),
  )
}
