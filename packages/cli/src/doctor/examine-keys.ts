import { isLLPayError, KeyError } from '@llpay/core'
import { checkKeys } from '@llpay/core/adapter'
import { parsePublicKey, type RsaPrivateKey, type RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { STDIN } from '../config/files.ts'
import type { Settings } from '../config/settings.ts'
import {
  nameInChinese,
  readVariable,
  isShared,
  fixMode,
  readSource,
  type Source,
} from '../config/sources.ts'
import { PUBLISHED_KEY } from '../keys/any-key.ts'
import { inspectKey, type KeyFacts } from '../keys/inspect-key.ts'
import { t } from '../output/language.ts'
import { errorText } from '../program/errors.ts'
import { broken, fine, problem, warn, type Check, type Finding, type Patient } from './finding.ts'

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
      t(
        'Its file is open to other users of this machine, so no call reads it.',
        '其文件可被本机其他用户读取，调用时会被拒绝。',
      ),
      t(fixMode(source.file), fixMode(source.file)),
    ),
  ]
}

const shortFingerprint = ({ fingerprint }: KeyFacts) => `SHA-256 ${fingerprint.slice(0, 12)}…`

function describe(check: Check, facts: KeyFacts, source: Source): Finding[] {
  const { container, form, bits } = facts
  const short = shortFingerprint(facts)
  const text = t(
    `${bits} bits, ${container} as ${form}, ${short}, from ${source.name}`,
    `${bits} 位，${container}（${form}），${short}，来自 ${nameInChinese(source.name)}`,
  )
  // A variable cannot be rewritten by a command, and has to be written in one line.
  const isVariable = 'text' in source
  const notes = facts.notes.filter((note) => !isVariable || note.isFineInVariable !== true)
  return [
    fine(check, text),
    ...notes.map((note) => warn(check, note.text, isVariable ? undefined : note.fix)),
  ]
}

function examineOne<K>(
  check: Check,
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
            t(`It has only ${key.publicKey.bits} bits.`, `只有 ${key.publicKey.bits} 位。`),
            t(
              'llpay key new generates a pair of 2048 bits; upload its public key.',
              '用 llpay key new 生成 2048 位密钥对，并上传公钥。',
            ),
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
    const text = errorText(
      'doctor.own-key',
      t("The gateway key is the merchant's own public key.", '网关公钥是商户自己的公钥。'),
      t(
        "Copy LianLian's public key, another one, from its merchant console.",
        '请从连连支付商户站复制连连支付公钥，它是另一个密钥。',
      ),
    )
    return [problem('pair', new KeyError('ERR_KEY_MISMATCH', text))]
  }
  try {
    checkKeys(privateKey, gatewayKeys, settings.baseUrl?.value)
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return OF_THE_PLACE.includes(error.code) ? [] : [problem('pair', error)]
  }
  const published = parsePublicKey(PUBLISHED_KEY)
  const isPublished = gatewayKeys.some((key) => key.matches(published))
  return [
    fine(
      'pair',
      t(
        `each key is in its place${isPublished ? '; the gateway key is the one that LianLian publishes' : ''}`,
        `密钥各就其位${isPublished ? '；网关公钥是连连支付公布的那一个' : ''}`,
      ),
    ),
  ]
}
