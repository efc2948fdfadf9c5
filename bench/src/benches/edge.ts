import { createPrivateKey, sign as nodeSign } from 'node:crypto'

import { toIntegers, bigintSigner } from '@internal/sources/edge-bigint'
import { vectorKey } from '@internal/vectors'
import { parsePrivateKey } from '@llpay/core/keys'
import { pow } from '@noble/curves/abstract/modular.js'
import jsrsasign from 'jsrsasign'
import forge from 'node-forge'

import { cpuPerCall } from '../measure/cost.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'
import { benchWorkerd } from './edge-workerd.ts'

const TEXT = 'sign_type=RSA&user_id=1234567'
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
  const works: readonly (readonly [Contender['role'], string, () => unknown])[] = [
    [
      'limit',
      'two half-size pow of noble',
      () => {
        pow((n / 3n) % p, dp, p)
        pow((n / 3n) % q, dq, q)
      },
    ],
    ['ours', 'llpay, blinded and checked', () => signer.sign(message)],
    ['peer', 'node-forge', () => forgeKey.sign(forge.md.md5.create().update(TEXT, 'utf8'))],
    [
      'peer',
      'jsrsasign',
      () => {
        const signature = new jsrsasign.KJUR.crypto.Signature({ alg: 'MD5withRSA' })
        signature.init(jsKey)
        signature.updateString(TEXT)
        return signature.sign()
      },
    ],
    ['peer', 'node:crypto (OpenSSL)', () => nodeSign('md5', message, handle)],
  ]
  return works.map(([role, name, work]) => ({
    role,
    name,
    sample: async () => (await cpuPerCall(1, 1, work)) / 1_000,
  }))
}

/**
 * A signature by BigInt against the two halves of it that cannot be avoided, against OpenSSL, and
 * against the libraries that do the same in JavaScript.
 */
export const benchEdge: Bench = async function* ({ short }) {
  for (const [id, rounds] of short ? KEYS.slice(1, 2) : KEYS) {
    const rows = await interleave(contendersFor(id), short ? 9 : rounds)
    yield {
      title: `edge: MD5withRSA by BigInt, ${vectorKey(id).bits} bits`,
      unit: 'ms of CPU',
      rows,
    }
  }
  yield await benchWorkerd('k2048', short ? 3 : 15)
}
