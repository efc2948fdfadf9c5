import { OID_PARTNER } from '@internal/testkit/merchant'
import type { GatewayMessages, SigningVectors, WycheproofFile } from '@internal/vectors'
import type { ClientConfig } from '@llpay/edge'

/** A case: it throws when it fails. */
export interface Case {
  readonly name: string
  readonly run: () => Promise<void>
}

/** How a case ended. */
export interface Outcome {
  readonly name: string
  /** What went wrong; nothing where it passed. */
  readonly error?: string
}

/** Runs a case. */
export async function runCase({ name, run }: Case): Promise<Outcome> {
  try {
    await run()
    return { name }
  } catch (error) {
    return { name, error: String(error) }
  }
}

/** Throws unless two values are the same data. */
export function expectEqual(actual: unknown, expected: unknown, about: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`${about}: expected ${wanted}, got ${found}`)
}

/** Throws unless a condition holds. */
export function expectTrue(condition: boolean, about: string): void {
  if (!condition) throw new Error(about)
}

/** What is asserted of an error. */
export interface Failure {
  readonly code: unknown
  readonly delivered: unknown
  /** The code of its cause. */
  readonly cause?: unknown
}

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Describes the error that a promise ends with; throws where it ends well. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (error) {
    const [code, delivered, cause] = ['code', 'delivered', 'cause'].map((name) => read(error, name))
    if (code === undefined) throw error
    return { code, delivered, ...(cause === undefined ? {} : { cause: read(cause, 'code') }) }
  }
  throw new Error('no failure where one was expected')
}

/** All that the suite is given; it is put into the bundle. */
export interface SuiteData {
  /** Where a gateway listens, for the platform's own `fetch`. */
  readonly gatewayUrl: string
  /** Where nothing listens. */
  readonly closedUrl: string
  readonly vectors: SigningVectors
  readonly messages: GatewayMessages
  readonly wycheproof: WycheproofFile
  /** A key pair as JWK, and one with the exponent of sandbox keys. */
  readonly jwk: Readonly<Record<string, string>>
  readonly sandboxKey: { readonly privatePem: string; readonly publicPem: string }
}

/** Replaced by the text of a {@link SuiteData} when the suite is bundled. */
declare const SUITE_DATA: string

const parse = (text: string): SuiteData => JSON.parse(text)

let parsed: SuiteData | undefined

/** Reads the data. */
export function data(): SuiteData {
  parsed ??= parse(SUITE_DATA)
  return parsed
}

/** Finds a key of the vectors by its id. */
export function keyOf(id: string): SigningVectors['keys'][number] {
  const key = data().vectors.keys.find((candidate) => candidate.id === id)
  if (key === undefined) throw new Error(`no key ${id}`)
  return key
}

export const toUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

export const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The card that the cases unbind. */
export const CARD = { user_id: 'u-1', no_agree: '2014031710002121' }

/** The merchant's configuration: its key and the gateway's. */
export const merchant = (more: Partial<ClientConfig>): ClientConfig => ({
  oidPartner: OID_PARTNER,
  privateKey: keyOf('k1024').pkcs1Base64,
  gatewayPublicKey: keyOf('k2048').spkiPem,
  allowBigIntSigning: true,
  baseUrl: 'http://localhost',
  retry: 0,
  settle: 'never',
  ...more,
})
