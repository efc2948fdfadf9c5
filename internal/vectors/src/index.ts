import { readFileSync } from 'node:fs'

/** A key of `signing.json` in every container. */
export interface VectorKey {
  readonly id: string
  readonly bits: number
  readonly e: string
  readonly modulusHex: string
  readonly pkcs1Pem: string
  readonly pkcs8Pem: string
  readonly pkcs8Base64: string
  readonly pkcs1Base64: string
  readonly spkiPem: string
  readonly spkiBase64: string
  readonly pkcs1PublicPem: string
}

/** A message with its canonical string and its signatures by key. */
export interface SigningCase {
  readonly id: string
  readonly note: string
  readonly flags: readonly string[]
  readonly params: Readonly<Record<string, string | null>>
  readonly json: string
  readonly canonical: string
  readonly canonicalBytes: number
  readonly canonicalSha256: string
  readonly signatures: Readonly<Record<string, { readonly md5: string; readonly sha256: string }>>
}

/** A signature that must, must not or may verify. */
export interface SignatureCheck {
  readonly id: string
  readonly note: string
  readonly key: string
  readonly canonical: string
  readonly alg: 'MD5withRSA' | 'SHA256withRSA'
  readonly sign: string
  readonly expect: 'valid' | 'invalid' | 'acceptable'
}

/** Signatures by Java and OpenSSL. */
export interface SigningVectors {
  readonly keys: readonly VectorKey[]
  readonly cases: readonly SigningCase[]
  readonly checks: readonly SignatureCheck[]
}

/** A message that LianLian's gateway signed. */
export interface GatewayMessage {
  readonly id: string
  readonly api: string
  readonly unsignedFields: readonly string[]
  readonly body: string
  readonly canonical: string
  readonly verifies: boolean
}

/** Messages of the real gateway and the key that verifies them. */
export interface GatewayMessages {
  readonly gatewayPublicKey: string
  readonly messages: readonly GatewayMessage[]
}

/** A file of Wycheproof's PKCS#1 v1.5 verification vectors. */
export interface WycheproofFile {
  readonly numberOfTests: number
  readonly testGroups: readonly {
    readonly publicKeyPem: string
    readonly publicKey: { readonly publicExponent: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly comment: string
      readonly msg: string
      readonly sig: string
      readonly result: 'valid' | 'invalid' | 'acceptable'
    }[]
  }[]
}

/** Where the data lies. */
export const DATA: URL = new URL('../data/', import.meta.url)

function load<T>(name: string): T {
  const data: T = JSON.parse(readFileSync(new URL(name, DATA), 'utf8'))
  return data
}

export const loadSigningVectors = (): SigningVectors => load('signing.json')

export const loadGatewayMessages = (): GatewayMessages => load('gateway-messages.json')

/** Loads the SHA-256 vectors for a key size. */
export const loadWycheproof = (bits: 2048 | 3072 | 4096): WycheproofFile =>
  load(`wycheproof/rsa_signature_${bits}_sha256_test.json`)

/** Loads a certificate or a key of `tls/` by its name, as PEM. */
export const loadPem = (name: string): string =>
  readFileSync(new URL(`tls/${name}.pem`, DATA), 'utf8')

/** Loads a self-signed certificate that nobody trusts, and its EC key. */
export const loadTlsCertificate = (): { readonly cert: string; readonly key: string } => ({
  cert: loadPem('test-certificate'),
  key: loadPem('test-key'),
})

/** Finds a key of `signing.json` by its id. */
export function vectorKey(id: string): VectorKey {
  const key = loadSigningVectors().keys.find((candidate) => candidate.id === id)
  if (key === undefined) throw new Error(`no key ${id}`)
  return key
}

/** Reads the rows of the return-code table, as they stand in the protocol's description. */
export function loadReturnCodes(): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(readFileSync(new URL('return-codes.csv', DATA), 'utf8'))
  return rows.map((row) =>
    Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])),
  )
}

function parseCsv(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    )
}
