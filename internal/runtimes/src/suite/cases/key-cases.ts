import { createSigner, createVerifier, probeBackends, type KeyInput } from '@llpay/edge'

import { expectEqual, expectTrue, failureOf, type Case } from '../case.ts'
import { data, fromBase64, keyOf, toBase64, toUtf8 } from '../data.ts'

const options = { allowBigIntSigning: true }
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
    const signer = await createSigner(form(), 'MD5withRSA', options)
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
      const signer = await createSigner(privatePem, algorithm, options)
      const verifier = await createVerifier(publicPem, algorithm, options)
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
    const open = await createSigner(await importSha256(true), 'MD5withRSA', options)
    const text = await createSigner(keyOf('k2048').pkcs8Pem, 'MD5withRSA', options)
    expectEqual(
      toBase64(await open.sign(MESSAGE)),
      toBase64(await text.sign(MESSAGE)),
      'extractable',
    )
    const sealed = await importSha256(false)
    expectEqual((await createSigner(sealed, 'SHA256withRSA')).backend, 'webcrypto', 'sealed')
    const failure = await failureOf(createSigner(sealed, 'MD5withRSA', options))
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
