import { sign as nodeSign, createPrivateKey, generateKeyPairSync } from 'node:crypto'

import { parsePrivateKey } from '@llpay/core/keys'
import { pow } from '@noble/curves/abstract/modular.js'

import { bigintSigner } from '../src/backend/bigint/bigint-backend.ts'
import { toIntegers } from '../src/backend/bigint/sign-number.ts'

// What blinding, joining and checking cost: a whole signature by BigInt against the two halves of it
// that cannot be avoided, and against OpenSSL. Run with --conditions=@llpay/source.

const ROUNDS = 400
const SIZES = [1024, 2048, 4096]

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

for (const bits of SIZES) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const key = parsePrivateKey(pkcs8)
  const { n, p, q, dp, dq } = toIntegers(key.reveal())
  const signer = bigintSigner(key, 'MD5withRSA')
  const handle = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const message = new TextEncoder().encode('sign_type=RSA&user_id=1234567')
  const base = n / 3n

  const whole: number[] = []
  const halves: number[] = []
  const native: number[] = []
  const rounds = Math.ceil(ROUNDS * (1024 / bits))
  for (let round = 0; round < rounds; round += 1) {
    halves.push(
      await timed(() => {
        pow(base % p, dp, p)
        pow(base % q, dq, q)
      }),
    )
    whole.push(await timed(() => signer.sign(message)))
    native.push(await timed(() => nodeSign('md5', message, handle)))
  }
  const [a, b, c] = [median(whole), median(halves), median(native)]
  const mean =
    whole.reduce((sum, each) => sum + each, 0) / halves.reduce((sum, each) => sum + each, 0)
  console.log(
    `${bits} bits: sign ${a.toFixed(2)} ms, two half-size pow ${b.toFixed(2)} ms, ratio ${(a / b).toFixed(3)} (of means ${mean.toFixed(3)}); node:crypto ${c.toFixed(2)} ms, ratio ${(a / c).toFixed(1)}`,
  )
}
