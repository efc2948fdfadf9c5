import {
  createSigner,
  createVerifier,
  type BackendName,
  type SignatureAlgorithm,
} from '@llpay/edge'

import { expectEqual, expectTrue, type Case } from '../case.ts'
import { data, fromBase64, fromHex, keyOf, toBase64, toUtf8 } from '../data.ts'

/** A backend to run the cases with; `auto` is what users get. */
export interface Candidate {
  readonly backend: BackendName | 'auto'
  readonly algorithm: SignatureAlgorithm
}

const FIELD = { MD5withRSA: 'md5', SHA256withRSA: 'sha256' } as const
const KEYS = ['k1024', 'k2048', 'k3072', 'k4096']

/** Arithmetic on large keys takes its time, and unit tests have it sign every message. */
const SPARSE = 10

const options = (backend: Candidate['backend']) => ({ backend, allowBigIntSigning: true })

const signCase = ({ backend, algorithm }: Candidate, id: string): Case => ({
  name: `${backend} signs ${algorithm} with ${id}`,
  async run() {
    const { cases } = data().vectors
    const { pkcs1Pem, bits } = keyOf(id)
    const signer = await createSigner(pkcs1Pem, algorithm, options(backend))
    const step = signer.backend === 'bigint' && bits > 2048 ? SPARSE : 1
    const chosen = cases.filter((_, index) => index % step === 0)
    expectTrue(chosen.length > 0, 'there are messages')
    for (const { id: message, canonical, signatures } of chosen) {
      const signature = toBase64(await signer.sign(toUtf8(canonical)))
      expectEqual(signature, signatures[id]?.[FIELD[algorithm]], message)
    }
  },
})

const verifyCase = ({ backend, algorithm }: Candidate): Case => ({
  name: `${backend} verifies ${algorithm}, and not under the other digest`,
  async run() {
    const other = algorithm === 'MD5withRSA' ? 'sha256' : 'md5'
    for (const id of KEYS) {
      const verifier = await createVerifier(keyOf(id).spkiBase64, algorithm, options(backend))
      for (const { canonical, signatures } of data().vectors.cases) {
        const verdict = (sign = '') => verifier.verify(toUtf8(canonical), fromBase64(sign))
        expectTrue(await verdict(signatures[id]?.[FIELD[algorithm]]), `${id}: good`)
        expectTrue(!(await verdict(signatures[id]?.[other])), `${id}: other digest`)
      }
    }
  },
})

const forgeries = ({ backend }: Candidate): Case => ({
  name: `${backend} tells good from bad in every check`,
  async run() {
    const checks = data().vectors.checks.filter(({ key }) => key !== 'k2048e3')
    expectEqual(checks.length, 117, 'checks')
    for (const { id, key, alg, canonical, sign, expect } of checks) {
      const verifier = await createVerifier(keyOf(key).spkiPem, alg, options(backend))
      const verdict = await verifier.verify(toUtf8(canonical), fromBase64(sign))
      expectTrue(expect === 'acceptable' || verdict === (expect === 'valid'), id)
    }
  },
})

const wycheproof = ({ backend }: Candidate): Case => ({
  name: `${backend} passes Wycheproof`,
  async run() {
    const groups = data().wycheproof.testGroups.filter(
      ({ publicKey }) => Number.parseInt(publicKey.publicExponent, 16) >= 65_537,
    )
    expectTrue(groups.length > 0, 'there are groups')
    for (const { publicKeyPem, tests } of groups) {
      const verifier = await createVerifier(publicKeyPem, 'SHA256withRSA', options(backend))
      for (const { tcId, msg, sig, result } of tests) {
        const verdict = await verifier.verify(fromHex(msg), fromHex(sig))
        expectTrue(result === 'acceptable' || verdict === (result === 'valid'), `test ${tcId}`)
      }
    }
  },
})

const OWN_CASES: Readonly<Record<SignatureAlgorithm, (candidate: Candidate) => Case>> = {
  MD5withRSA: forgeries,
  SHA256withRSA: wycheproof,
}

/** What every backend must do alike: the vectors of Java and OpenSSL, and forgeries. */
export const backendCases = (candidate: Candidate): readonly Case[] => [
  ...KEYS.map((id) => signCase(candidate, id)),
  verifyCase(candidate),
  OWN_CASES[candidate.algorithm](candidate),
]
