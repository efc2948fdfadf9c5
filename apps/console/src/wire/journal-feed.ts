import { controlApi } from './control-api.ts'
import type { JournalEntry, SandboxNotification } from './records.ts'

/** How the page and the sandbox are connected. */
export type Connection = 'connecting' | 'live' | 'offline'

/** What a feed reports to. */
export interface FeedListener {
  /** Which run, and up to which request, is known. */
  readonly known: () => { readonly run: string; readonly last: number }
  readonly onEntries: (run: string, entries: readonly JournalEntry[]) => void
  readonly onNotification: (notification: SandboxNotification) => void
  readonly onConnection: (connection: Connection) => void
}

/** Events that arrive together are passed on together. */
const BATCH_MS = 40
const RETRY_MS = 1000

/**
 * Follows the journal. The event stream says what is new; after every connection the page also
 * fetches what it missed, so that there is no gap, and a restart of the sandbox is noticed by its run.
 */
export function followJournal(listener: FeedListener): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let batch: JournalEntry[] = []
  let flushing: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    flushing = undefined
    const entries = batch
    batch = []
    const run = entries.at(-1)?.run
    if (run !== undefined)
      listener.onEntries(
        run,
        entries.filter((entry) => entry.run === run),
      )
  }

  const catchUp = async (): Promise<void> => {
    const { run, last } = listener.known()
    const missed = await controlApi.requests(last)
    if (missed.run === run || last === 0) {
      listener.onEntries(missed.run, missed.requests)
      return
    }
    const all = await controlApi.requests(0)
    listener.onEntries(all.run, all.requests)
  }

  const reconnect = () => {
    source?.close()
    clearTimeout(retry)
    retry = setTimeout(connect, RETRY_MS)
  }

  const connect = () => {
    source = new EventSource(`/_sandbox/events?after=${listener.known().last}`)
    source.addEventListener('open', () => {
      catchUp().then(
        () => listener.onConnection('live'),
        () => reconnect(),
      )
    })
    source.addEventListener('request', (event: MessageEvent<string>) => {
      const entry: JournalEntry = JSON.parse(event.data)
      batch.push(entry)
      flushing ??= setTimeout(flush, BATCH_MS)
    })
    source.addEventListener('notification', (event: MessageEvent<string>) => {
      listener.onNotification(JSON.parse(event.data))
    })
    source.addEventListener('error', () => {
      listener.onConnection('offline')
      // A stream that was opened again knows the run; the browser's own retry would not.
      reconnect()
    })
  }

  listener.onConnection('connecting')
  connect()
  return () => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(flushing)
  }
}
