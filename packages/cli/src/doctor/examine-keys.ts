import { isLLPayError, KeyError } from '@llpay/core'
import { checkKeys } from '@llpay/core/adapter'
import { parsePublicKey, type RsaPrivateKey, type RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { readVariable } from '../config/environment.ts'
import { isShared, mendMode } from '../config/read-private-source.ts'
import { readSource, STDIN, type Source } from '../config/read-secret.ts'
import type { Settings } from '../config/settings.ts'
import { inspectKey, type KeyFacts } from '../keys/inspect-key.ts'
import { noteVariable } from '../keys/key-notes.ts'
import { PUBLISHED_KEY } from '../keys/published-key.ts'
import { broken, fine, noted, problem, warn, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

const SAFE_BITS = 2048

/** What is found of a key, and the key itself where it can be used. */
interface Examined<K> {
  readonly findings: readonly Finding[]
  readonly key?: K
}

function examineShared(source: Source): Finding[] {
  if (!('file' in source) || source.file === STDIN || !isShared(source.file)) return []
  return [
    broken(
      'private key',
      'Its file is open to other users of this machine, so no call reads it.',
      mendMode(source.file),
    ),
  ]
}

const shortFingerprint = ({ fingerprint }: KeyFacts) => `SHA-256 ${fingerprint.slice(0, 12)}…`

function describe(check: string, facts: KeyFacts, source: Source): Finding[] {
  const { container, form, bits } = facts
  const text = `${bits} bits, ${container} as ${form}, ${shortFingerprint(facts)}, from ${source.name}`
  const notes = 'text' in source ? noteVariable(facts.notes) : facts.notes
  return [fine(check, text), ...notes.map((note) => noted(check, note))]
}

function examineOne<K>(
  check: string,
  source: Source,
  passphrase: string | undefined,
  read: (bytes: string | Uint8Array) => K,
): Examined<K> {
  try {
    const content = readSource(source)
    const facts = inspectKey(Buffer.from(content), passphrase)
    return { findings: describe(check, facts, source), key: read(content) }
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return { findings: [problem(check, error)] }
  }
}

/** Whether the private key can be read, and what it is. */
export function examinePrivateKey(
  { privateKey }: Settings,
  env: Patient['env'],
): Examined<RsaPrivateKey> {
  if (privateKey === undefined) return { findings: [] }
  const passphrase = readVariable(env, 'LLPAY_PRIVATE_KEY_PASSPHRASE')
  const { findings, key } = examineOne('private key', privateKey, passphrase, (content) =>
    readPrivateKey(content, { passphrase }),
  )
  const weak =
    key !== undefined && key.publicKey.bits < SAFE_BITS
      ? [
          warn(
            'private key',
            `It has ${key.publicKey.bits} bits only.`,
            'llpay key new makes a pair of 2048 bits; upload its public half.',
          ),
        ]
      : []
  return {
    findings: [...findings, ...weak, ...examineShared(privateKey)],
    ...(key === undefined ? {} : { key }),
  }
}

/** Whether LianLian's keys can be read, and what they are. */
export function examineGatewayKeys({ gatewayKeys }: Settings): Examined<RsaPublicKey>[] {
  return gatewayKeys.map((source) =>
    examineOne('gateway key', source, undefined, (content) => readPublicKey(content)),
  )
}

/** What is wrong with a base URL, which is said where it belongs. */
const OF_THE_PLACE: readonly string[] = ['ERR_CONFIG_INVALID', 'ERR_CONFIG_INSECURE']

/** Whether each key is in its own place. */
export function examinePair({ privateKey, gatewayKeys, settings }: Patient): Finding[] {
  if (privateKey === undefined || gatewayKeys.length === 0) return []
  const own = gatewayKeys.some((key) => key.matches(privateKey))
  if (own) {
    const error = new KeyError(
      'ERR_KEY_MISMATCH',
      "The gateway key is the merchant's own public key.",
    )
    return [
      problem('pair', error, "Copy LianLian's public key, another one, from its merchant console."),
    ]
  }
  try {
    checkKeys(privateKey, gatewayKeys, settings.baseUrl?.value)
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return OF_THE_PLACE.includes(error.code) ? [] : [problem('pair', error)]
  }
  const published = parsePublicKey(PUBLISHED_KEY)
  const isPublished = gatewayKeys.some((key) => key.matches(published))
  const more = isPublished ? '; the gateway key is the one that LianLian publishes' : ''
  return [fine('pair', `each key is in its own place${more}`)]
}
