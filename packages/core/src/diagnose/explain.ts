import { isSandboxKey, type RsaPublicKey } from '../keys/rsa-key.ts'
import { nameCharacter } from '../text.ts'
import { cause, type Cause, listNames } from './cause.ts'
import { findText, type FoundText, type Search } from './find-text.ts'
import type { DiagnoseKey, HashName, OtherKey } from './ports.ts'
import type { ReceivedMember, ReceivedMessage } from './received.ts'
import type { SignedBlock } from './signed-block.ts'

/** The input of a diagnosis. */
export interface DiagnosisInput {
  readonly received: ReceivedMessage
  readonly keys: readonly DiagnoseKey[]
  readonly others: readonly OtherKey[]
  readonly unsigned: readonly string[]
  /** The message before it was altered, if it is known. */
  readonly truth: ReceivedMessage | undefined
}

const ALGORITHM: Readonly<Record<HashName, string>> = {
  md5: 'MD5withRSA',
  sha1: 'SHA1withRSA',
  sha224: 'SHA224withRSA',
  sha256: 'SHA256withRSA',
  sha384: 'SHA384withRSA',
  sha512: 'SHA512withRSA',
}

const BARE = cause(
  'signature.encrypted',
  'The signature does not contain a digest with its header, as after "encrypting with the private key": use a function that signs, with MD5withRSA.',
  '签名里不是标准的摘要结构，像是“用私钥加密”得到的：应使用签名函数（MD5withRSA）。',
)

/** What is wrong with how a signature was made. */
export function explainBlock(block: SignedBlock): Cause[] {
  if (block.kind === 'bare') return [BARE]
  if (block.hash === 'md5') return []
  const name = ALGORITHM[block.hash]
  return [
    cause(
      'signature.algorithm',
      `The signature was made with ${name}: sign_type RSA stands for MD5withRSA. Sign with MD5.`,
      `签名使用了 ${name}：sign_type RSA 表示 MD5withRSA，应使用 MD5 摘要。`,
    ),
  ]
}

const textIn = (list: readonly ReceivedMember[], name: string) =>
  list.find((member) => member.name === name)?.text ?? ''

function differences(members: readonly ReceivedMember[], truth: ReceivedMessage): Cause {
  const names = new Set([...members, ...truth.members].map(({ name }) => name))
  const other = [...names].filter(
    (name) => name !== 'sign' && textIn(members, name) !== textIn(truth.members, name),
  )
  if (other.length === 0) {
    return cause(
      'true.same',
      'The message has the same members and values as the true one.',
      '报文的字段和值与原文一致。',
    )
  }
  const { en, zh } = listNames(other)
  return cause(
    'true.differs',
    `These members differ from the true message: ${en}.`,
    `以下字段与原文不同：${zh}。`,
  )
}

const UNEXPLAINED = cause(
  'text.unexplained',
  "The key is correct, but the signed text is another one: a member was altered, added or removed after signing, or something was signed that is not in the message. Compare it with the sender's original to see which member (llpay verify --true FILE).",
  '密钥没有问题，但被签的不是这段文本：签名之后有字段被改动、增加或删除，或者签名的内容不在报文里。与发送方的原文比较（llpay verify --true FILE），即可指明是哪个字段。',
)

/** A replacement character, also where its UTF-8 was read as GBK or ISO 8859-1. */
const LOST = /\uFFFD|锟斤拷|ï¿½/

/** Replacement characters mark text that no diagnosis can restore. */
function lostText(members: readonly ReceivedMember[]): Cause[] {
  const names = members
    .filter(({ name, text }) => name !== 'sign' && LOST.test(text ?? ''))
    .map(({ name }) => name)
  if (names.length === 0) return []
  const where = listNames(names)
  const what = nameCharacter('\uFFFD')
  return [
    cause(
      'value.text-lost',
      `Text was lost in ${where.en}: it contains ${what.en}, or its garbled form, which replaces bytes that are invalid in the charset they were read in, such as GBK read as UTF-8. Get the message, as bytes, from a place where it is still intact.`,
      `${where.zh} 的文本已丢失：其中含有 ${what.zh} 或它的乱码，说明字节按错误的字符集读取过（如把 GBK 当作 UTF-8）。请从尚未损坏的地方取得报文的原始字节。`,
    ),
  ]
}

/** Question marks next to other text may replace lost characters. */
function maybeLost(members: readonly ReceivedMember[]): Cause[] {
  const names = members
    .filter(
      ({ name, text }) => name !== 'sign' && /\?\?|[^\0-\x7f]\?|\?[^\0-\x7f]/.test(text ?? ''),
    )
    .map(({ name }) => name)
  if (names.length === 0) return []
  const { en, zh } = listNames(names)
  return [
    cause(
      'value.maybe-lost',
      `The question marks in ${en} may stand for lost characters: a charset without emoji or Chinese writes them so. Compare them with what was signed.`,
      `${zh} 中的问号可能是丢失的字符（字符集中没有表情符号或汉字时会变成问号）：请与被签名的原文比较。`,
    ),
  ]
}

const stopped = (steps: number): Cause =>
  cause(
    'search.stopped',
    `The search for the cause stopped after ${steps} steps, so a common cause may be untried: the message has many members, or long ones. Give a smaller message that fails the same way, or compare it with the sender's original (llpay verify --true FILE).`,
    `查找原因时已达到 ${steps} 步的上限，可能还有常见原因没有尝试：报文的字段太多或值太长。请提供同样出错的较小报文，或与发送方的原文比较（llpay verify --true FILE）。`,
  )

/** What was signed instead of the message, as far as it can be found. */
export async function explainText(
  block: SignedBlock,
  { received, unsigned, truth }: DiagnosisInput,
  search: Search,
): Promise<{ readonly causes: readonly Cause[]; readonly found: FoundText | undefined }> {
  const { members } = received
  const find = (message: ReceivedMessage) => findText(block, message.members, unsigned, search)
  if (truth === undefined) {
    const found = await find(received)
    if (found !== undefined) return { causes: found.causes, found }
    const end = search.budget.isCutShort ? [stopped(search.budget.steps)] : []
    const lost = lostText(members)
    const unexplained = lost.length > 0 ? lost : [UNEXPLAINED, ...maybeLost(members)]
    return { causes: [...unexplained, ...end], found }
  }
  const altered = differences(members, truth)
  const ofTruth = await find(truth)
  if (ofTruth?.causes.length === 0) {
    const was = cause(
      'true.signed',
      'The signature belongs to the true message: this one was altered in transit.',
      '签名属于原文：这份报文在途中被改动了。',
    )
    return { causes: [altered, was], found: ofTruth }
  }
  const found = (await find(received)) ?? ofTruth
  if (found !== undefined) return { causes: [altered, ...found.causes], found }
  const neither = cause(
    'true.not-signed',
    'The signature does not belong to the true message either.',
    '签名也不属于给出的原文。',
  )
  const end = search.budget.isCutShort ? [stopped(search.budget.steps)] : []
  return { causes: [altered, neither, ...end], found }
}

function explainSize(signature: Uint8Array, keys: readonly RsaPublicKey[]): Cause[] {
  const sizes = [...new Set(keys.map(({ bits }) => bits))]
  const bits = signature.length * 8
  if (sizes.some((each) => Math.ceil(each / 8) * 8 === bits)) return []
  return [
    cause(
      'signature.size',
      `The signature has ${signature.length} bytes, so a key of ${bits} bits made it, or it was cut off; the key given has ${sizes.join(' or ')}.`,
      `签名有 ${signature.length} 字节，说明它由 ${bits} 位的密钥生成，或被截断；给出的密钥是 ${sizes.join('、')} 位。`,
    ),
  ]
}

const ANOTHER_KEY = cause(
  'key.other',
  'Another key made this signature, or the signature itself is damaged: the key that was given does not match the private key that signed.',
  '签名由另一把密钥生成，或签名本身已损坏：给出的密钥与签名所用的私钥不是一对。',
)
const PSS = cause(
  'signature.pss',
  'The signature was made with RSASSA-PSS: use the older padding, PKCS#1 v1.5, which libraries call MD5withRSA.',
  '签名使用了 RSASSA-PSS：应使用较早的填充 PKCS#1 v1.5，即各语言库里的 MD5withRSA。',
)

/** Which key made a signature that none of the given ones made. */
export function explainKey(
  signature: Uint8Array,
  { keys, others }: DiagnosisInput,
  madeBy: OtherKey | undefined,
  isPss: boolean,
): Cause[] {
  const ours = others
    .filter((each) => keys.some(({ key }) => key.matches(each.key)))
    .map(({ name }) =>
      cause(
        'key.taken-for-another',
        `The key given for verification is ${name}.`,
        `用来验签的密钥其实是 ${name}。`,
      ),
    )
  const sandbox = keys
    .filter(({ key }) => isSandboxKey(key))
    .map(({ name }) =>
      cause(
        'key.sandbox',
        `The key of ${name} was made for a sandbox: it verifies what that sandbox signed, and nothing that LianLian signed.`,
        `${name} 是沙箱的密钥：只能验证该沙箱的签名，不能验证连连支付的签名。`,
      ),
    )
  if (madeBy !== undefined) return [...ours, ...sandbox, madeBy.cause]
  if (isPss) return [PSS]
  const publicKeys = keys.map(({ key }) => key)
  return [...ours, ...sandbox, ...explainSize(signature, publicKeys), ANOTHER_KEY]
}
