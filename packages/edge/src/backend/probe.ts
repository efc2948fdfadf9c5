import {
  ConfigError,
  loadPart,
  decodeBase64,
  encodeUtf8,
  summarizeCause,
} from '@llpay/core/adapter'
import { RsaPrivateKey } from '@llpay/core/keys'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import {
  PROBE_MESSAGE,
  type Backend,
  type BackendName,
  type BackendOptions,
  type Purpose,
} from './backends.ts'
import { nodeBackend } from './node.ts'
import { webcryptoBackend } from './webcrypto.ts'

/** OpenSSL's signatures of the message, with the key below. */
const PROBE_SIGNATURES: Readonly<Record<SignatureAlgorithm, string>> = {
  MD5withRSA:
    'CS2CPPuT+PRSioWhX5r/I5YkYm8IzWV4Y2Eltt62317h73P8AsxqJeF3j4kQAr5vb3BDqkXBUjuAZ5hHUBI/S4LunhogbLHWTII2yIcpLEwRSUjzbJaeHrys34b8j838cZYx/Df0uS5eHFhFCjbSeK155jD2uTbu8Z+FkOPbuSE=',
  SHA256withRSA:
    'ssri9a1oAgnh4uiY0JZxh1q3Lhuv4cWv1frGqu9GKngZ+cG/IC6vpGkC0NatBmB6Fn2iCxZCZV68YBmePsmjBmxdAjt2fwalhekxTP1KhO8MR2HjDCrrNgX/1Fk7ApZGAOwLlG/P0sOhoZ0NZt6mEbG9oMdc40hFzRgl74ndXH4=',
}

const PRIME1 =
  'e4891a273449cca21d9b226b28f24f374490ce4efa436f5a9732accdd4133daeb2af29cb97a25a03f7ba028123dc4b2523677930975e853b7209f59c44d9c9d3'
const PRIME2 =
  'dc82418ad9c6be146103befe6628f6b54895d3bcebc394ddfb6b69c59931be7900c92fff9566814b562dee0396aa5e0189ee7062b17bc4546313e936e2b31469'
const EXPONENT = 65_537n

function toBytes(value: bigint): Uint8Array {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The inverse of a number, by Euclid's algorithm. */
function invert(number: bigint, modulus: bigint): bigint {
  let [rest, divisor] = [modulus, number]
  let [before, inverse] = [0n, 1n]
  while (divisor > 1n) {
    const times = rest / divisor
    ;[rest, divisor] = [divisor, rest - times * divisor]
    ;[before, inverse] = [inverse, before - times * inverse]
  }
  return ((inverse % modulus) + modulus) % modulus
}

/**
 * Makes the test key that backends are tried with. It is public and protects nothing. Everything but
 * its primes is computed, because it is part of every bundle.
 */
export function makeProbeKey(): RsaPrivateKey {
  const p = BigInt(`0x${PRIME1}`)
  const q = BigInt(`0x${PRIME2}`)
  const d = invert(EXPONENT, (p - 1n) * (q - 1n))
  return new RsaPrivateKey({
    modulus: toBytes(p * q),
    exponent: toBytes(EXPONENT),
    privateExponent: toBytes(d),
    prime1: toBytes(p),
    prime2: toBytes(q),
    exponent1: toBytes(d % (p - 1n)),
    exponent2: toBytes(d % (q - 1n)),
    coefficient: toBytes(invert(q, p)),
  })
}

type Loader = () => Backend | undefined | Promise<Backend>

const LOADERS: Readonly<Record<BackendName, Loader>> = {
  webcrypto: webcryptoBackend,
  node: nodeBackend,
  // A separate chunk, which a runtime with a native backend never loads.
  bigint: async () => {
    const { bigintBackend } = await loadPart(
      'The arithmetic',
      () => import('./bigint/bigint-backend.ts'),
    )
    return bigintBackend()
  },
}

/** What a backend is needed for. */
export interface Need {
  readonly purpose: Purpose
  readonly algorithm: SignatureAlgorithm
  readonly options: BackendOptions
}

/** The result of trying a backend. */
export interface BackendTrial {
  readonly backend: BackendName
  readonly works: boolean
  /** Why it does not work here. */
  readonly reason?: string
}

/** A trial, and the backend itself if it works. */
export interface ProbedBackend {
  readonly trial: BackendTrial
  readonly backend?: Backend
}

// Plain results are kept, never promises: a Worker that awaits a promise of another request hangs
// when that request is cancelled.
const results = /* @__PURE__ */ new Map<string, ProbedBackend>()

const equal = (left: Uint8Array, right: Uint8Array) =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

async function worksFor(purpose: Purpose, algorithm: SignatureAlgorithm, backend: Backend) {
  const message = encodeUtf8(PROBE_MESSAGE)
  const signature = decodeBase64(PROBE_SIGNATURES[algorithm]) ?? new Uint8Array()
  const key = makeProbeKey()
  if (purpose === 'sign') {
    const signer = await backend.openSigner(key, algorithm)
    return equal(await signer.sign(message), signature)
  }
  const verifier = await backend.openVerifier(key.publicKey, algorithm)
  const good = await verifier.verify(message, signature)
  return good && !(await verifier.verify(message.subarray(1), signature))
}

/** A trial that threw. A foreign error is named, and its message is not repeated. */
export function refusedTrial(backend: BackendName, error: unknown): BackendTrial {
  const reason = `it refuses: ${summarizeCause(error)?.message ?? 'no reason given'}`
  return { backend, works: false, reason }
}

async function probe(name: BackendName, { purpose, algorithm }: Need): Promise<ProbedBackend> {
  const failed = (reason: string) => ({ trial: { backend: name, works: false, reason } })
  try {
    const backend = await LOADERS[name]()
    if (backend === undefined) return failed('the runtime does not have it')
    const works = await worksFor(purpose, algorithm, backend)
    return works ? { trial: { backend: name, works }, backend } : failed('it gives wrong results')
  } catch (error) {
    // A chunk that the bundle lacks is not the runtime's fault.
    if (error instanceof ConfigError) throw error
    return { trial: refusedTrial(name, error) }
  }
}

/**
 * Tries a backend with a real signature by a test key, once for each purpose and algorithm. Signing in
 * plain JavaScript needs permission.
 */
export async function probeBackend(name: BackendName, need: Need): Promise<ProbedBackend> {
  const { purpose, algorithm, options } = need
  if (name === 'bigint' && purpose === 'sign' && options.allowBigIntSigning !== true) {
    const reason = 'it signs only with allowBigIntSigning: true'
    return { trial: { backend: name, works: false, reason } }
  }
  const id = `${name} ${purpose} ${algorithm}`
  const result = results.get(id) ?? (await probe(name, need))
  results.set(id, result)
  return result
}
