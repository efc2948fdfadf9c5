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
  return [
    {
      cause: cause(
        'value.invisible-character',
        `The message holds characters that cannot be seen, and the signed text does not have them: ${names.map(({ en }) => en).join(', ')}. Remove them.`,
        `报文含有不可见字符，待签名串里没有：${names.map(({ zh }) => zh).join('、')}。请去掉这些字符。`,
      ),
      step: (text) => {
        let plain = text
        for (const each of characters) plain = plain.replaceAll(each, '')
        return plain
      },
      of: 'both',
    },
  ]
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
    ...odd.flatMap((each) => withCharacter(each, members)),
    ...withAll(odd),
    ...entities.map((each) => withEntity(each, members, decodeEntities(each))),
  ]
}
