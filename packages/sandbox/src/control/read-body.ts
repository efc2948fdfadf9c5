import { type BodyLimit, readStream } from '@llpay/core/adapter'

import { ControlError } from './control-error.ts'

/** The most that a request's body may hold, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024

function tooLarge(): ControlError {
  return new ControlError(413, 'The body is larger than 1 MiB. Send less.', { connection: 'close' })
}

const LIMIT: BodyLimit = { maxBytes: MAX_BODY_BYTES, tooLarge }

/**
 * Reads a request's body, and stops as soon as it is too large.
 *
 * @throws {ControlError} 413.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const announced = request.headers.get('content-length')
  if (announced !== null && Number(announced) > MAX_BODY_BYTES) throw tooLarge()
  return request.body === null ? new Uint8Array() : readStream(request.body, LIMIT)
}

/** The members of a JSON object. */
export type JsonMembers = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is JsonMembers =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/**
 * Reads the JSON object of a change. Another content type is refused, since a web page can send it
 * without being asked; a request without a body and content type is an empty object.
 *
 * @throws {ControlError} 400, 413, 415.
 */
export async function readJson(request: Request): Promise<JsonMembers> {
  const type = request.headers.get('content-type')
  const [media = ''] = (type ?? '').split(';')
  if (type !== null && media.trim().toLowerCase() !== 'application/json') throw wrongType()
  const bytes = await readBody(request)
  if (bytes.length === 0) return {}
  if (type === null) throw wrongType()
  const value = parse(bytes)
  if (isObject(value)) return value
  throw new ControlError(400, 'The body is not a JSON object.')
}

function wrongType(): ControlError {
  return new ControlError(415, 'Send a change as application/json.')
}

/** A member that must be text. */
export function textMember(body: JsonMembers, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw new ControlError(400, `${name} is missing, or is not text.`)
}

/** A member that may be left out, and else must be text. */
export function optionalText(body: JsonMembers, name: string): string | undefined {
  return body[name] === undefined || body[name] === null ? undefined : textMember(body, name)
}

/** A member that may be left out, and else must be a number. */
export function optionalNumber(body: JsonMembers, name: string): number | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  throw new ControlError(400, `${name} is not a number.`)
}

/** Refuses members that are not known: a misspelt one would be ignored otherwise. */
export function refuseUnknown(body: JsonMembers, known: readonly string[]): void {
  if (Object.keys(body).every((name) => known.includes(name))) return
  throw new ControlError(400, `The body may have only these members: ${known.join(', ')}.`)
}

/** JsonMembers that replace others; `null` leaves one out. */
export function readChanges(members: unknown): readonly (readonly [string, string | null])[] {
  if (members === undefined || members === null) return []
  if (typeof members !== 'object' || Array.isArray(members)) {
    throw new ControlError(400, 'members must be an object of strings; null omits a member.')
  }
  return Object.entries(members).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string' || value === null) return [name, value]
    throw new ControlError(400, 'members must be an object of strings; null omits a member.')
  })
}
