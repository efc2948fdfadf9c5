import { invisibleCharacters, nameCharacter } from '../text.ts'
import { cause, listNames } from './cause.ts'
import type { ReceivedMember } from './received.ts'
import { entitiesIn } from './rewrite-encodings.ts'
import type { Rewrite } from './search.ts'

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
      `The message has ${what.en} in ${where.en}, but the signed text does not: it was pasted in after signing, or trimmed before. Remove it.`,
      `报文的 ${where.zh} 中含有 ${what.zh}，待签名串里没有：它是签名之后混入的，或签名之前被去掉了。请去掉该字符。`,
    ),
    step: (text) => text.replaceAll(character, ''),
    of: 'both',
  }
  if (!isBlankLike(character)) return [removed]
  const replaced: Rewrite = {
    cause: cause(
      'value.odd-blank',
      `The message has ${what.en} in ${where.en} where a plain space was signed: send what is signed.`,
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
    `The message has invisible characters where the signed text has none or a plain space: ${names.map(({ en }) => en).join(', ')}. Send what is signed.`,
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
    `The signed text has + where ${en} of the message has some of its spaces: the message was decoded as a form in transit. Send JSON as JSON.`,
    `待签名串中有的 + 在报文的 ${en} 里成了空格：报文在途中被当作表单解码。JSON 应按 JSON 发送。`,
  )
}

/** A value in which some spaces were spaces, and others were a + before a form was decoded. */
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

/** Entities one by one, since a message may contain both an entity and its character. */
function withEntity(entity: string, members: readonly ReceivedMember[], decode: string): Rewrite {
  const owners = members.filter(({ text }) => (text ?? '').includes(entity))
  const where = listNames(owners.map(({ name }) => name))
  return {
    cause: cause(
      'value.sent-html-escaped',
      `The message has the entity ${entity} in ${where.en} where the character itself was signed: the value was HTML-escaped after signing. Send what is signed.`,
      `报文的 ${where.zh} 中是实体 ${entity} 的地方，签名用的是字符本身：值在签名之后做了 HTML 转义。签了什么就发送什么。`,
    ),
    step: (text) => text.replaceAll(entity, decode),
  }
}

/** Possible changes to this message: each cause names what the message contains. */
export function rewritesFound(
  members: readonly ReceivedMember[],
  decodeEntities: (text: string) => string,
): Rewrite[] {
  const all = members
    .filter(({ name }) => name !== 'sign')
    .map(({ name, text }) => `${name} ${text ?? ''}`)
  const characters = [...new Set(all.flatMap(invisibleCharacters))].slice(0, MOST_CHARACTERS)
  const odd = characters.filter((each) => !/[\r\n]/.test(each))
  const entities = [...new Set(all.flatMap(entitiesIn))].slice(0, MOST_CHARACTERS)
  return [
    ...members.flatMap(withSomePluses).slice(0, MOST_PARTLY),
    ...odd.flatMap((each) => withCharacter(each, members)),
    ...withAll(odd),
    ...entities.map((each) => withEntity(each, members, decodeEntities(each))),
  ]
}
