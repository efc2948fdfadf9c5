import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

import { vectorKey } from '@internal/vectors'

/** The keys of both sides, and one that belongs to neither. A merchant's is mostly longer than LianLian's. */
export const merchantKeys = () => ({
  merchant: vectorKey('k2048'),
  gateway: vectorKey('k1024'),
  stranger: vectorKey('k3072'),
})

/** The digest of each algorithm, as node:crypto names it. */
const DIGESTS = { MD5withRSA: 'md5', SHA256withRSA: 'sha256' } as const

type Algorithm = keyof typeof DIGESTS

/** A signer made of node:crypto alone, so that a test does not lean on the code it tests. */
export function plainSigner(privateKey: string, algorithm: Algorithm = 'MD5withRSA') {
  const key = createPrivateKey(privateKey)
  return {
    algorithm,
    sign: async (message: Uint8Array): Promise<Uint8Array> =>
      new Uint8Array(sign(DIGESTS[algorithm], message, key)),
  }
}

/** A verifier made of node:crypto alone. */
export function plainVerifier(publicKey: string, algorithm: Algorithm = 'MD5withRSA') {
  const key = createPublicKey(publicKey)
  return {
    algorithm,
    verify: async (message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
      verify(DIGESTS[algorithm], message, key, signature),
  }
}

/** The canonical string in its plainest form: members that are not empty, sorted by bytes, joined. */
export function plainCanonical(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((member) => member.join('='))
    .join('&')
}

/** Signs a text with MD5withRSA, in base64. */
export function plainSign(text: string, privateKey: string): string {
  return sign('md5', Buffer.from(text), privateKey).toString('base64')
}

/** Members with the signature that fits them. */
export function withSign(
  members: Readonly<Record<string, string>>,
  privateKey: string,
): Record<string, string> {
  return { ...members, sign: plainSign(plainCanonical(members), privateKey) }
}
