import type { Signer, Verifier } from '@llpay/core'

/** Both halves of a cheap signature: what RSA costs proves nothing here, and a million histories pay it. */
export interface Key {
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly signer: Signer
  readonly verifier: Verifier
}

const WORDS = 4
const PRIME = 0x01_00_01_93

/** A keyed checksum (FNV-1a, four times): another key, or another message, gives other bytes. */
function checksum(secret: number, message: Uint8Array): Uint8Array {
  const words = new Uint32Array(WORDS)
  let hash = (0x81_1c_9d_c5 ^ secret) >>> 0
  for (let word = 0; word < WORDS; word += 1) {
    for (const byte of message) hash = Math.imul(hash ^ byte, PRIME)
    hash = Math.imul(hash ^ secret ^ word, PRIME)
    words[word] = hash
  }
  return new Uint8Array(words.buffer)
}

/** Makes a key of a number. */
export function makeKey(secret: number): Key {
  const sign = (message: Uint8Array) => checksum(secret, message)
  return {
    sign,
    signer: { algorithm: 'MD5withRSA', sign: async (message) => sign(message) },
    verifier: {
      algorithm: 'MD5withRSA',
      verify: async (message, signature) => Buffer.compare(sign(message), signature) === 0,
    },
  }
}
