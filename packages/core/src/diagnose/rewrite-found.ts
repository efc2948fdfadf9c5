import { invisibleCharacters } from '../encoding/visible.ts'
import { cause, listNames } from './cause.ts'
import type { ReceivedMember } from './received.ts'
import { entitiesIn } from './rewrite-encodings.ts'
import type { Rewrite } from './rewrites.ts'

/** Unicode's names of the characters that are pasted without being seen, and Chinese for them. */
const CHARACTER_NAMES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  '0009': ['tab', '制表符'],
  '000A': ['line feed', '换行'],
  '000D': ['carriage return', '回车'],
  '00A0': ['no-break space', '不换行空格'],
  '00AD': ['soft hyphen', '软连字符'],
  '200B': ['zero width space', '零宽空格'],
  '200C': ['zero width non-joiner', '零宽不连字'],
  '200D': ['zero width joiner', '零宽连字'],
  '200E': ['left-to-right mark', '从左至右标记'],
  '200F': ['right-to-left mark', '从右至左标记'],
  '202F': ['narrow no-break space', '窄不换行空格'],
  '2028': ['line separator', '行分隔符'],
  '2029': ['paragraph separator', '段分隔符'],
  '2060': ['word joiner', '词连接符'],
  '3000': ['ideographic space', '全角空格'],
  FE0F: ['variation selector', '变体选择符'],
  FEFF: ['byte order mark', '字节序标记 BOM'],
  FFFD: ['replacement character', '替换字符'],
}

/** A character by its number, and by its name where that is known. */
export function nameCharacter(character: string): { readonly en: string; readonly zh: string } {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const [en, zh] = CHARACTER_NAMES[code] ?? []
  return {
    en: en === undefined ? `U+${code}` : `U+${code} (${en})`,
    zh: zh === undefined ? `U+${code}` : `U+${code}（${zh}）`,
  }
}

const MOST_CHARACTERS = 8
const isBlankLike = (character: string) => /[\p{Z}\t\r\n\u2800\u3164\uffa0]/u.test(character)

function withCharacter(character: string, members: readonly ReceivedMember[]): Rewrite[] {
  const owners = members.filter(
    ({ name, text }) => name.includes(character) || (text ?? '').includes(character),
  )
  const what = nameCharacter(character)
  const where = listNames(owners.map(({ name }) => name))
  const removed: Rewrite = {
    cause: cause(
      'value.invisible-character',
      `The message holds ${what.en} in ${where.en}, and the signed text does not have it: it was pasted in after signing, or trimmed before. Remove it.`,
      `报文的 ${where.zh} 中含有 ${what.zh}，待签名串里没有：它是签名之后混入的，或签名之前被去掉了。请去掉该字符。`,
    ),
    step: (text) => text.replaceAll(character, ''),
    of: 'both',
  }
  if (!isBlankLike(character)) return [removed]
  const replaced: Rewrite = {
    cause: cause(
      'value.odd-blank',
      `The message holds ${what.en} in ${where.en} where an ordinary blank was signed: send what is signed.`,
      `报文的 ${where.zh} 中是 ${what.zh} 的地方，签名用的是普通空格：签了什么就发送什么。`,
    ),
    step: (text) => text.replaceAll(character, ' '),
    of: 'both',
  }
  return [replaced, removed]
}

function withAll(characters: readonly string[]): Rewrite[] {
  if (characters.length < 2) return []
  const names = characters.map(nameCharacter)
  const why = cause(
    'value.invisible-character',
    `The message holds characters that cannot be seen, where the signed text has none or an ordinary blank: ${names.map(({ en }) => en).join(', ')}. Send what is signed.`,
    `报文含有不可见字符，待签名串里没有，或是普通空格：${names.map(({ zh }) => zh).join('、')}。签了什么就发送什么。`,
  )
  const change = (blank: string) => (text: string) => {
    let plain = text
    for (const each of characters) plain = plain.replaceAll(each, isBlankLike(each) ? blank : '')
    return plain
  }
  return [' ', ''].map((blank) => ({ cause: why, step: change(blank), of: 'both' }))
}

const MOST_BLANKS = 5
const MOST_PARTLY = 60

const formDecodedPartly = (name: string) => {
  const { en } = listNames([name])
  return cause(
    'value.form-decoded',
    `The signed text has + where ${en} of the message has some of its blanks: the message was decoded as a form on its way. Send JSON as JSON.`,
    `待签名串中有的 + 在报文的 ${en} 里成了空格：报文在途中被当作表单解码。JSON 应按 JSON 发送。`,
  )
}

/** A value in which some blanks were blanks, and others were a + before a form was decoded. */
function withSomePluses({ name, text }: ReceivedMember): Rewrite[] {
  const whole = text ?? ''
  const parts = whole.split(' ')
  const blanks = parts.length - 1
  if (name === 'sign' || blanks < 2 || blanks > MOST_BLANKS) return []
  const choices = Array.from({ length: 2 ** blanks - 2 }, (_, index) => index + 1)
  return choices.map((choice) => {
    const changed = parts.reduce(
      (joined, part, index) => joined + (((choice >> (index - 1)) & 1) === 1 ? '+' : ' ') + part,
    )
    return {
      cause: formDecodedPartly(name),
      step: (each: string) => (each === whole ? changed : each),
    }
  })
}

/** Entities one by one, since a message may hold both an entity and what it stands for. */
function withEntity(entity: string, members: readonly ReceivedMember[], decode: string): Rewrite {
  const owners = members.filter(({ text }) => (text ?? '').includes(entity))
  const where = listNames(owners.map(({ name }) => name))
  return {
    cause: cause(
      'value.sent-html-escaped',
      `The message holds the entity ${entity} in ${where.en} where the character itself was signed: the value was escaped as HTML after it was signed. Send what is signed.`,
      `报文的 ${where.zh} 中是实体 ${entity} 的地方，签名用的是字符本身：值在签名之后做了 HTML 转义。签了什么就发送什么。`,
    ),
    step: (text) => text.replaceAll(entity, decode),
  }
}

/** What may have been done to this very message: each cause names what the message holds. */
export function rewritesFound(
  members: readonly ReceivedMember[],
  decodeEntities: (text: string) => string,
): Rewrite[] {
  const all = members
    .filter(({ name }) => name !== 'sign')
    .map(({ name, text }) => `${name} ${text ?? ''}`)
  const characters = [...new Set(all.flatMap(invisibleCharacters))].slice(0, MOST_CHARACTERS)
  const odd = characters.filter((each) => !/[\t\r\n]/.test(each))
  const entities = [...new Set(all.flatMap(entitiesIn))].slice(0, MOST_CHARACTERS)
  return [
    ...members.flatMap(withSomePluses).slice(0, MOST_PARTLY),
    ...odd.flatMap((each) => withCharacter(each, members)),
    ...withAll(odd),
    ...entities.map((each) => withEntity(each, members, decodeEntities(each))),
  ]
}
