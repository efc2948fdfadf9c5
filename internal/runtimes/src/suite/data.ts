import { OID_PARTNER } from '@internal/testkit/merchant'
import type { GatewayMessages, SigningVectors, WycheproofFile } from '@internal/vectors'
import type { ClientConfig } from '@llpay/edge'

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
