import type { JournalEntry } from '../wire/records.ts'

/** The JSON of a request as it arrived. */
export interface ReceivedJson {
  /** The members by name; `null` where the journal leaves a member out. */
  readonly members: Readonly<Record<string, string | null>>
  /** The members that were not JSON text, such as numbers: they have no quotes. */
  readonly bare: ReadonlySet<string>
}

function parseObject(text: string | null): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  } catch {
    return new Map()
  }
}

/** Finds which members of a request were text; the journal has all of them as text. */
export function readReceivedJson({ body, members }: JournalEntry): ReceivedJson {
  const received = parseObject(body)
  const bare = Object.keys(members).filter(
    (name) => received.has(name) && typeof received.get(name) !== 'string',
  )
  const absent = [...received].flatMap(([name, value]) => (value === null ? [[name, value]] : []))
  return { members: { ...members, ...Object.fromEntries(absent) }, bare: new Set(bare) }
}
