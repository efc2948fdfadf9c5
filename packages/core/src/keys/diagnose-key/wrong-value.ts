import { bilingual } from '../../errors/bilingual.ts'
import type { ErrorText } from '../../errors/ll-pay-error.ts'
import type { KeyUse } from '../pem.ts'
import type { KeyText } from './never-a-key.ts'

const tagOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Text that may be a key: PEM, or a long base64 of a DER sequence. */
const KEY_TEXT =
  /BEGIN [A-Z0-9 ]*KEY|BEGIN CERTIFICATE|^\s*MI[A-Za-z0-9+/=\s]{100}|^\s*LS0tLS1CRUdJTi/
/** A member's name that can be shown: anything longer may be the key itself. */
const PLAIN_NAME = /^[\w.$-]{1,64}$/
const DEPTH = 4

function isKey(member: unknown): boolean {
  if (typeof member === 'string') return KEY_TEXT.test(member)
  return isObject(member) && ('asymmetricKeyType' in member || tagOf(member) === 'CryptoKey')
}

/** The paths to the members that hold a key. */
function findKeys(value: unknown, depth = DEPTH): string[] {
  if (!isObject(value) || depth === 0) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const shown = PLAIN_NAME.test(name) ? name : '?'
    if (isKey(member)) return [shown]
    return findKeys(member, depth - 1).map((inner) => `${shown}.${inner}`)
  })
}

/** How members with either half of a key pair are called. */
const HALVES: Readonly<Record<KeyUse, RegExp>> = { private: /pri(?:v|$)/i, public: /pub/i }

/** The member that holds the key; of several, the one that is called after what the key is needed for. */
function findKey(value: unknown, use: KeyUse | undefined): string | undefined {
  const found = findKeys(value)
  const named = use === undefined ? undefined : found.find((path) => HALVES[use].test(path))
  return named ?? found[0]
}

/** What an object is that was given as a key: a JWK set, a Buffer as JSON, or an object around a key. */
function explainObject(
  value: unknown,
  use: KeyUse | undefined,
  [en, zh]: readonly [en: string, zh: string],
): ErrorText | undefined {
  if (!isObject(value)) return undefined
  if ('keys' in value && Array.isArray(value['keys'])) {
    return bilingual(
      'key.jwk-set',
      ['This is a set of JWKs.', 'Give one of its keys: an object in its member "keys".'],
      ['这是一个 JWK 集合（JWKS）。', '给出其中一个密钥：成员 "keys" 里的一个对象。'],
    )
  }
  if (value['type'] === 'Buffer' && Array.isArray(value['data'])) {
    return bilingual(
      'key.buffer-as-json',
      ['This is a Buffer written as JSON.', 'Give the bytes: Buffer.from(value.data).'],
      ['这是写成 JSON 的 Buffer。', '给出字节：Buffer.from(value.data)。'],
    )
  }
  const member = findKey(value, use)
  return member === undefined
    ? undefined
    : bilingual(
        'key.in-member',
        [
          `This is ${en} with the key in its member "${member}".`,
          'Give only the value of that member.',
        ],
        [`这是${zh}，密钥在成员 "${member}" 里。`, '只给出该成员的值。'],
      )
}

/** What JSON text is that was given as a key. */
export function explainJson(text: string, { use }: KeyText): ErrorText | undefined {
  const plain = text.trim().replace(/^\uFEFF/, '')
  if (!/^[[{"]/.test(plain)) return undefined
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    // The parser's error quotes the text, which is the key. A key in quotes need not be JSON.
    return plain.startsWith('{') && KEY_TEXT.test(plain)
      ? bilingual(
          'key.json-invalid',
          [
            'This looks like JSON that contains a key, but is not valid JSON: a line break within a string must be written as \\n.',
            'Give the key alone.',
          ],
          [
            '像是含有密钥的 JSON，但不是有效的 JSON：字符串内的换行必须写成 \\n。',
            '只给出密钥本身。',
          ],
        )
      : undefined
  }
  if (typeof value === 'string') return undefined
  return (
    explainObject(value, use, ['JSON', ' JSON']) ??
    (isObject(value) && 'kty' in value
      ? undefined
      : bilingual(
          'key.json-without-key',
          ['This is JSON, but not a JWK: it has no "kty".', 'Give only the key inside it.'],
          ['这是 JSON，但不是 JWK：没有 "kty"。', '只给出其中的密钥。'],
        ))
  )
}

const FORMS = 'Give PEM, base64, DER bytes or a JWK.'
const FORMS_ZH = '给出 PEM、base64、DER 字节或 JWK。'

/** What to do with an object, by its tag: what it is, the fix, and both in Chinese. */
const TAGS: Readonly<
  Record<string, readonly [en: string, fix: string, zh: string, zhFix: string]>
> = {
  Promise: [
    'a Promise: await is missing',
    'Await it, and give what it resolves to.',
    ' Promise：缺少 await',
    '用 await 取得结果后再传入。',
  ],
  URL: [
    'a URL, not a key',
    'Read the file or the page, and give its contents.',
    '一个 URL，不是密钥',
    '读取文件或页面，给出其内容。',
  ],
  String: [
    'a String object',
    'Give the text itself: String(value) without new.',
    ' String 对象',
    '给出文本本身：String(value)，不加 new。',
  ],
  Array: [
    'an array',
    `Give one key at a time; an array of bytes as Uint8Array.from(value). ${FORMS}`,
    '数组',
    `一次给一个密钥；字节数组用 Uint8Array.from(value)。${FORMS_ZH}`,
  ],
  Map: ['a Map', `Give the key itself. ${FORMS}`, ' Map', `给出密钥本身。${FORMS_ZH}`],
  Set: ['a Set', `Give the key itself. ${FORMS}`, ' Set', `给出密钥本身。${FORMS_ZH}`],
  Date: ['a date', FORMS, '日期', FORMS_ZH],
  Blob: [
    'a Blob',
    'Give its contents: await blob.arrayBuffer().',
    ' Blob',
    '给出其内容：await blob.arrayBuffer()。',
  ],
  File: [
    'a File',
    'Give its contents: await file.arrayBuffer().',
    ' File',
    '给出其内容：await file.arrayBuffer()。',
  ],
  Response: [
    'a Response',
    'Give its contents: await response.text().',
    ' Response',
    '给出其内容：await response.text()。',
  ],
  ReadableStream: ['a stream', 'Read it to the end, and give the bytes.', '流', '读完后给出字节。'],
  CryptoKey: [
    'a CryptoKey, which only @llpay/edge accepts',
    'Export it: await crypto.subtle.exportKey("jwk", key).',
    ' CryptoKey，只有 @llpay/edge 接受',
    '导出后再用：await crypto.subtle.exportKey("jwk", key)。',
  ],
  KeyObject: [
    'a KeyObject of node:crypto, which only @llpay/node accepts',
    'Export it: key.export({ format: "jwk" }).',
    ' node:crypto 的 KeyObject，只有 @llpay/node 接受',
    '导出后再用：key.export({ format: "jwk" })。',
  ],
}

function explainTag(tag: string): ErrorText | undefined {
  const texts = TAGS[tag]
  if (texts === undefined) return undefined
  const [en, fix, zh, zhFix] = texts
  return bilingual('key.object', [`The key is ${en}.`, fix], [`给出的密钥是${zh}。`, zhFix])
}

function explainShape(value: object): ErrorText | undefined {
  if ('then' in value && typeof value.then === 'function') return explainTag('Promise')
  if ('key' in value) {
    const isEncrypted = 'passphrase' in value
    return bilingual(
      'key.options-object',
      [
        'The key is an object with the key in its member "key", as node:crypto takes it.',
        `Give only that member${isEncrypted ? ', and its passphrase as the option passphrase' : ''}.`,
      ],
      [
        '给出的是 node:crypto 形式的对象，密钥在成员 "key" 里。',
        `只给出该成员${isEncrypted ? '，口令用选项 passphrase 传入' : ''}。`,
      ],
    )
  }
  return explainTag('asymmetricKeyType' in value ? 'KeyObject' : tagOf(value))
}

/** What was given as a key, if it is neither text nor bytes nor a JWK. */
export function explainValue(value: unknown, use: KeyUse | undefined): ErrorText | undefined {
  if (typeof value === 'function') {
    return bilingual(
      'key.function',
      ['The key is a function.', `Call it, and give what it returns. ${FORMS}`],
      ['给出的密钥是函数。', `调用它，给出返回值。${FORMS_ZH}`],
    )
  }
  if (!isObject(value)) {
    return value === undefined || value === null
      ? undefined
      : bilingual(
          'key.primitive',
          [`The key is a ${typeof value}.`, FORMS],
          [`给出的密钥是 ${typeof value} 类型的值。`, FORMS_ZH],
        )
  }
  if ('kty' in value && value['kty'] !== undefined) return undefined
  return (
    explainShape(value) ??
    explainObject(value, use, ['an object', '一个对象']) ??
    bilingual(
      'key.unknown-object',
      ['The key is an unknown object: not a JWK, since it has no "kty".', FORMS],
      ['给出的密钥是不认识的对象：没有 "kty"，不是 JWK。', FORMS_ZH],
    )
  )
}
