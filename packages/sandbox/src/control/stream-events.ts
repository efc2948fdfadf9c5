import type { Journal } from '../journal/journal.ts'
import type { NotificationLog } from '../notifications/notification-log.ts'

/** What a stream of events may hold back for a reader that is slow, in bytes. */
const HIGH_WATER_MARK = 256 * 1024

const RECONNECT_MS = 1000

/**
 * Streams journal entries as server-sent events, from behind an id on, and notifications as they change.
 * The journal is the buffer: a slow reader gets what is still there, and one that reconnects misses no
 * request. Of a notification it gets the latest state.
 */
export function streamEvents(
  journal: Journal,
  notifications: NotificationLog,
  after: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cursor = after > journal.last ? 0 : after
  let revision = notifications.revision
  const stops: (() => void)[] = []
  const pump = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    while ((controller.desiredSize ?? 0) > 0) {
      const entry = journal.next(cursor)
      const changed = entry === undefined ? notifications.next(revision) : undefined
      if (entry !== undefined) {
        cursor = entry.id
        const text = `event: request\nid: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`
        controller.enqueue(encoder.encode(text))
      } else if (changed !== undefined) {
        revision = changed.revision
        const text = `event: notification\ndata: ${JSON.stringify(changed.notification)}\n\n`
        controller.enqueue(encoder.encode(text))
      } else {
        return
      }
    }
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${RECONNECT_MS}\n: ${journal.run}\n\n`))
        for (const each of [journal, notifications]) {
          stops.push(each.subscribe(() => pump(controller)))
        }
      },
      pull: pump,
      cancel: () => {
        for (const stop of stops) stop()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_MARK }),
  )
}
