import {
  LEFT_OUT_REASONS,
  visible,
  type CanonicalSteps,
  type DiagnoseKey,
  type SignatureFacts,
  type VerifyReport,
} from '@llpay/core/diagnose'

import { fingerprint } from '../keys/any-key.ts'
import { t, type Phrase, type Text } from '../output/language.ts'
import { cut } from '../output/layout.ts'
import type { Output } from '../output/output.ts'

const WIDTH = 66

/** What a message is called in an error. */
export const MESSAGE = t('The message', '报文')

/** The argument of a command that reads a message. */
export const MESSAGE_FILE = t(
  'The message as JSON; - is standard input (default: -)',
  'JSON 报文；- 为标准输入（默认：-）',
)

/** A name and what belongs to it, in both languages. */
type Fact = readonly [name: Text, text: Text]

/** The signed text, a member a line, so that no blank is lost where a line ends. */
function textRows(signed: CanonicalSteps['signed']): Fact[] {
  const lines = signed.flatMap(({ name, text }, index) => {
    const member = `${index === 0 ? '' : '&'}${visible(name)}=${visible(text)}`
    return cut(member, WIDTH).map(visible)
  })
  return lines.map((line, index) => [index === 0 ? t('text', '原文') : '', line])
}

/** How a canonical string comes about, as rows of text. */
export function canonicalRows({ dropped, signed, bytes, md5 }: CanonicalSteps): Fact[] {
  return [
    ...dropped.map(({ name, reason }, index): Fact => [
      index === 0 ? t('left out', '不参与') : '',
      t(
        `${visible(name)}: ${LEFT_OUT_REASONS[reason].en}`,
        `${visible(name)}：${LEFT_OUT_REASONS[reason].zh}`,
      ),
    ]),
    [t('signed', '参与签名'), signed.map(({ name }) => visible(name)).join(', ')],
    ...textRows(signed),
    ['', t(`${bytes} bytes in UTF-8`, `UTF-8 共 ${bytes} 字节`)],
    ['MD5', md5],
  ]
}

/** The same as plain data. */
function canonicalFacts({ dropped, signed, canonical, bytes, md5 }: CanonicalSteps) {
  return {
    dropped: dropped.map(({ name, reason }) => ({ name, reason: LEFT_OUT_REASONS[reason].en })),
    signed: signed.map(({ name }) => name),
    canonical,
    bytes,
    md5,
  }
}

const keyFacts = ({ name, key }: DiagnoseKey) => ({
  name,
  bits: key.bits,
  fingerprint: fingerprint(key),
})

const MESSAGE_ROW = t('message', '报文')

const UNOPENED: Readonly<Record<Exclude<SignatureFacts['state'], 'opened'>, Phrase>> = {
  absent: t('none: the message is not signed', '无：报文没有签名'),
  unreadable: t(
    'cannot be read: sign is not a signature in base64',
    '无法读取：sign 不是 base64 的签名',
  ),
  unopened: t(
    'does not verify with this key: another key signed it, or it is damaged',
    '用该公钥验签失败：由其他密钥签名，或已损坏',
  ),
}

function signatureRow({ state, hash, digest }: SignatureFacts): Phrase {
  if (state !== 'opened') return UNOPENED[state]
  if (hash === undefined) return t('holds no digest', '不含摘要')
  return t(`holds ${hash.toUpperCase()} ${digest}`, `含 ${hash.toUpperCase()} 摘要 ${digest}`)
}

function explainRows(
  { received, steps, signature }: VerifyReport,
  keys: readonly DiagnoseKey[],
): Fact[] {
  const { members, bytes, charset } = received
  const { madeBy } = signature
  return [
    [
      MESSAGE_ROW,
      t(
        `${members.length} members, ${bytes} bytes, ${charset}`,
        `${members.length} 个字段，${bytes} 字节，${charset}`,
      ),
    ],
    ...canonicalRows(steps),
    ...keys.flatMap(({ name, key }): Fact[] => [
      [t('key', '公钥'), t(`${name}, ${key.bits} bits`, `${name}，${key.bits} 位`)],
      ['', `SHA-256 ${fingerprint(key)}`],
    ]),
    [t('signature', '签名'), signatureRow(signature)],
    ...(madeBy === undefined
      ? []
      : [['', t(`made with ${madeBy}`, `签名所用：${madeBy}`)] satisfies Fact]),
  ]
}

function printJson(report: VerifyReport, keys: readonly DiagnoseKey[], output: Output): void {
  const { received, steps, signature, error } = report
  const [causes, notes] = [report.causes, report.notes].map((list) => list.map(({ en }) => en))
  const explanation = {
    ...canonicalFacts(steps),
    keys: keys.map(keyFacts),
    madeBy: signature.madeBy ?? null,
    charset: received.charset,
  }
  if (error === undefined) {
    output.object({ ok: true, verified: true, notes, explanation })
    return
  }
  const { name, code, message } = error
  output.object({
    ok: false,
    api: null,
    error: { name, code, message, delivered: 'no' },
    causes,
    notes,
    explanation,
  })
}

export interface PrintOptions {
  /** The keys that were given to verify with. */
  readonly keys: readonly DiagnoseKey[]
  /** Whether each step is shown. */
  readonly isExplained: boolean
}

/** Prints whether a message verifies, why not, and on request each step. */
export function printVerifyReport(
  report: VerifyReport,
  { keys, isExplained }: PrintOptions,
  output: Output,
): void {
  if (output.json) {
    printJson(report, keys, output)
    return
  }
  if (isExplained) {
    output.rows(explainRows(report, keys))
    output.line('')
  }
  output.line(
    report.verified
      ? output.paint('good', t('verified', '验签通过'))
      : output.paint('bad', t('not verified', '验签失败')),
  )
  output.rows(report.causes.map((cause) => [t('because', '原因'), cause]))
  output.rows(report.notes.map((note) => [t('note', '提示'), note]))
}
