import {
  createSigner,
  createVerifier,
  probeBackends,
  type KeyInput,
  type BackendName,
  type SignatureAlgorithm,
} from '@llpay/edge'

import {
  expectEqual,
  expectTrue,
  failureOf,
  type Case,
  data,
  fromBase64,
  keyOf,
  toBase64,
  toUtf8,
  fromHex,
} from '../case.ts'

const PORTABLE = { allowBigIntSigning: true }
const MESSAGE = toUtf8('sign_type=RSA&user_id=张三')

const FORMS: Readonly<Record<string, () => KeyInput>> = {
  'PKCS#1 PEM': () => keyOf('k2048').pkcs1Pem,
  'PKCS#8 PEM with escaped newlines': () => keyOf('k2048').pkcs8Pem.replaceAll('\n', '\\n'),
  'one-line PKCS#1': () => keyOf('k2048').pkcs1Base64,
  'one-line PKCS#8': () => keyOf('k2048').pkcs8Base64,
  DER: () => fromBase64(keyOf('k2048').pkcs8Base64),
  'a JWK': () => data().jwk,
  'a JWK as text': () => JSON.stringify(data().jwk),
}

const formCase = ([name, form]: [string, () => KeyInput]): Case => ({
  name: `key as ${name}`,
  async run() {
    const { cases } = data().vectors
    const signer = await createSigner(form(), 'MD5withRSA', PORTABLE)
    for (const { id, canonical, signatures } of cases.slice(0, 3)) {
      const signature = toBase64(await signer.sign(toUtf8(canonical)))
      expectEqual(signature, signatures['k2048']?.md5, id)
    }
  },
})

const sandboxKey: Case = {
  name: 'keys with the exponent of the sandbox',
  async run() {
    const { privatePem, publicPem } = data().sandboxKey
    for (const algorithm of ['MD5withRSA', 'SHA256withRSA'] as const) {
      const signer = await createSigner(privatePem, algorithm, PORTABLE)
      const verifier = await createVerifier(publicPem, algorithm, PORTABLE)
      expectTrue(await verifier.verify(MESSAGE, await signer.sign(MESSAGE)), algorithm)
    }
  },
}

const importSha256 = (extractable: boolean) =>
  crypto.subtle.importKey(
    'pkcs8',
    fromBase64(keyOf('k2048').pkcs8Base64).slice(),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    extractable,
    ['sign'],
  )

const cryptoKeys: Case = {
  name: 'CryptoKeys',
  async run() {
    const open = await createSigner(await importSha256(true), 'MD5withRSA', PORTABLE)
    const text = await createSigner(keyOf('k2048').pkcs8Pem, 'MD5withRSA', PORTABLE)
    expectEqual(
      toBase64(await open.sign(MESSAGE)),
      toBase64(await text.sign(MESSAGE)),
      'extractable',
    )
    const sealed = await importSha256(false)
    expectEqual((await createSigner(sealed, 'SHA256withRSA')).backend, 'webcrypto', 'sealed')
    const failure = await failureOf(createSigner(sealed, 'MD5withRSA', PORTABLE))
    expectEqual(failure.code, 'ERR_KEY_UNSUPPORTED', 'sealed with another hash')
  },
}

const permission: Case = {
  name: 'BigInt signs with permission only, and verifies without',
  async run() {
    const { sign, verify } = await probeBackends('MD5withRSA')
    expectTrue(sign.chosen !== 'bigint' && verify.chosen !== null, 'choice without permission')
    const signing = createSigner(keyOf('k1024').pkcs8Pem, 'MD5withRSA')
    if (sign.chosen === null) {
      expectEqual((await failureOf(signing)).code, 'ERR_ALGORITHM_UNSUPPORTED', 'no permission')
    } else {
      expectEqual((await signing).backend, sign.chosen, 'backend')
    }
    const forced = createSigner(keyOf('k1024').pkcs8Pem, 'MD5withRSA', { backend: 'bigint' })
    expectEqual((await failureOf(forced)).code, 'ERR_CONFIG_CONFLICT', 'bigint asked for')
  },
}

const gatewayMessages: Case = {
  name: "messages of LianLian's own gateway",
  async run() {
    const { gatewayPublicKey, messages } = data().messages
    const verifier = await createVerifier(gatewayPublicKey, 'MD5withRSA')
    expectTrue(messages.length > 0, 'there are messages')
    for (const { id, body, canonical, verifies } of messages) {
      const { sign }: { sign: string } = JSON.parse(body)
      const verdict = await verifier.verify(toUtf8(canonical), fromBase64(sign))
      expectEqual(verdict, verifies, id)
    }
  },
}

/** Keys in every form, and what is done with them. */
export const keyCases = (): readonly Case[] => [
  ...Object.entries(FORMS).map(formCase),
  sandboxKey,
  cryptoKeys,
  permission,
  gatewayMessages,
]

/** A backend to run the cases with; `auto` is what users get. */
export interface Candidate {
  readonly backend: BackendName | 'auto'
  readonly algorithm: SignatureAlgorithm
}

const FIELD = { MD5withRSA: 'md5', SHA256withRSA: 'sha256' } as const
const KEYS = ['k1024', 'k2048', 'k3072', 'k4096']

/** Arithmetic on large keys takes its time, and unit tests have it sign every message. */
const SPARSE = 10

const using = (backend: Candidate['backend']) => ({ ...PORTABLE, backend })

const signCase = ({ backend, algorithm }: Candidate, id: string): Case => ({
  name: `${backend} signs ${algorithm} with ${id}`,
  async run() {
    const { cases } = data().vectors
    const { pkcs1Pem, bits } = keyOf(id)
    const signer = await createSigner(pkcs1Pem, algorithm, using(backend))
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
      const verifier = await createVerifier(keyOf(id).spkiBase64, algorithm, using(backend))
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
      const verifier = await createVerifier(keyOf(key).spkiPem, alg, using(backend))
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
      const verifier = await createVerifier(publicKeyPem, 'SHA256withRSA', using(backend))
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
