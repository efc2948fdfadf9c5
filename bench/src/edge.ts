import { createPrivateKey, sign as nodeSign } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { parsePrivateKey } from '@llpay/core/keys'
import { pow } from '@noble/curves/abstract/modular.js'
import jsrsasign from 'jsrsasign'
import forge from 'node-forge'

import { bigintSigner } from '../../packages/edge/src/backend/bigint/bigint-backend.ts'
import { toIntegers } from '../../packages/edge/src/backend/bigint/sign-number.ts'
import { sideBySide, type Contender } from './side-by-side.ts'

const TEXT = 'sign_type=RSA&user_id=1234567'
const OURS = 'ours, blinded and checked'
const KEYS = [
  ['k1024', 200],
  ['k2048', 60],
  ['k4096', 12],
] as const

function contendersFor(id: string): Contender[] {
  const { pkcs8Pem, pkcs1Pem } = vectorKey(id)
  const key = parsePrivateKey(pkcs8Pem)
  const { n, p, q, dp, dq } = toIntegers(key.reveal())
  const message = new TextEncoder().encode(TEXT)
  const signer = bigintSigner(key, 'MD5withRSA')
  const handle = createPrivateKey(pkcs8Pem)
  const forgeKey = forge.pki.privateKeyFromPem(pkcs1Pem)
  const jsKey = jsrsasign.KEYUTIL.getKey(pkcs8Pem)
  return [
    [OURS, () => signer.sign(message)],
    [
      'two half-size pow of noble',
      () => {
        pow((n / 3n) % p, dp, p)
        pow((n / 3n) % q, dq, q)
      },
    ],
    ['node:crypto', () => nodeSign('md5', message, handle)],
    ['node-forge', () => forgeKey.sign(forge.md.md5.create().update(TEXT, 'utf8'))],
    [
      'jsrsasign',
      () => {
        const signature = new jsrsasign.KJUR.crypto.Signature({ alg: 'MD5withRSA' })
        signature.init(jsKey)
        signature.updateString(TEXT)
        return signature.sign()
      },
    ],
  ]
}

/**
 * A signature by BigInt against the two halves of it that cannot be avoided, against OpenSSL, and
 * against the libraries that do the same in JavaScript.
 */
export async function benchEdge(): Promise<void> {
  for (const [id, rounds] of KEYS) {
    const medians = await sideBySide(contendersFor(id), rounds)
    const ours = medians.get(OURS) ?? 0
    for (const [name, milliseconds] of medians) {
      const ratio = (ours / milliseconds).toFixed(2)
      console.log(
        `  ${id}  ${name.padEnd(28)}${milliseconds.toFixed(2).padStart(8)} ms  ours is ${ratio} of it`,
      )
    }
  }
}
