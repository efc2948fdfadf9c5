import { bilingual } from '../../errors/bilingual.ts'
import type { ErrorText } from '../../errors/ll-pay-error.ts'
import { nameCharacter } from '../../text.ts'
import { type Explanation, FILE_NAME, type KeyText, NEVER_A_KEY, when } from './never-a-key.ts'
import { explainJson } from './wrong-value.ts'

// White space, line ends and a byte order mark at the start are read; these are not, or break the header.
const INVISIBLE =
  /[\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u2064\u3000]|\uFE0F|(?<!^)\uFEFF/

function nameInvisible(text: string): ErrorText | undefined {
  const [found] = INVISIBLE.exec(text) ?? []
  if (found === undefined) return undefined
  const { en, zh } = nameCharacter(found)
  return bilingual(
    'key.invisible-character',
    [
      `The key contains an invisible character, ${en}, as web pages and chats insert.`,
      'Delete it, or replace it with a space where the header needs one.',
    ],
    [
      `密钥中有不可见字符 ${zh}，网页和聊天软件常会插入。`,
      '删除它；头部需要空格的地方换成普通空格。',
    ],
  )
}

/** Causes in the order in which they are tried. */
const CAUSES: readonly Explanation[] = [
  ...NEVER_A_KEY,
  when(
    /^\uFEFF?0[\s\S]{0,3}[\u0080-\uFFFF]/,
    bilingual(
      'key.binary-as-text',
      [
        'The key is binary (DER) that was read as text, which lost some of it.',
        'Read the file as bytes: readFileSync(file) without an encoding.',
      ],
      [
        '密钥是二进制（DER），被当作文本读取，部分内容已丢失。',
        '按字节读取文件：readFileSync(file)，不指定编码。',
      ],
    ),
  ),
  explainJson,
  when(
    /%(?:2B|2F|3D|0A|0D|20)/i,
    bilingual(
      'key.url-encoded',
      ['The key is URL-encoded.', 'Decode it, or copy it from where it was created.'],
      ['密钥做了 URL 编码。', '解码，或从生成处重新复制。'],
    ),
  ),
  when(
    /(?:^|[^-])(?:-{1,4}|-{6,}|[\u2010-\u2015\u2212\uFF0D]+)\s*(?:BEGIN|END)[ \u00A0]|^\s*BEGIN [A-Z0-9 ]*KEY|(?:BEGIN|END) [A-Z0-9 ]+(?:-{1,4}|-{6,}|[\u2010-\u2015\u2212\uFF0D]+)(?!-)/,
    bilingual(
      'key.hyphens',
      [
        'The BEGIN or END line of the key does not have five hyphens on each side: a word processor or a partial copy changed them.',
        'Write -----BEGIN and -----END with five hyphens.',
      ],
      [
        '密钥的 BEGIN 或 END 行两侧不是五个连字符：文字处理软件或不完整的复制改动了它们。',
        '-----BEGIN 和 -----END 都写五个连字符。',
      ],
    ),
  ),
  nameInvisible,
  when(
    /\\\\n/,
    bilingual(
      'key.line-ends-escaped-twice',
      [
        String.raw`The line ends of the key are escaped twice, as \\n.`,
        'Escape them once, or use real line ends.',
      ],
      [String.raw`密钥的换行被转义了两次，成了 \\n。`, '只转义一次，或使用真正的换行。'],
    ),
  ),
  when(
    /-----\s*\/n|\/n\s*-----/,
    bilingual(
      'key.line-ends-slash-n',
      [
        'The line ends of the key are written as /n.',
        String.raw`Write them as \n, or use real line ends.`,
      ],
      ['密钥的换行写成了 /n。', String.raw`写成 \n，或使用真正的换行。`],
    ),
  ),
  when(
    /-----\s*n(?=[A-Za-z0-9+/])|(?<!\\)n-----END/,
    bilingual(
      'key.line-ends-n',
      [
        String.raw`The line ends of the key are written as the letter n: the backslash of \n was lost, as in a shell without quotes.`,
        'Copy the key again from where it was created, in quotes.',
      ],
      [
        String.raw`密钥的换行变成了字母 n：\n 的反斜杠丢失了，例如在 shell 中没有加引号。`,
        '从生成处重新复制，并加引号。',
      ],
    ),
  ),
  when(
    /-----\s*\\(?!n)|\\\s*-----END|\\\r?\n/,
    bilingual(
      'key.line-ends-backslash',
      [
        String.raw`The line ends of the key are written as a backslash: the n of \n was lost, or the lines were joined for a shell.`,
        String.raw`Write them as \n, or use real line ends.`,
      ],
      [
        String.raw`密钥的换行变成了反斜杠：\n 的 n 丢失了，或各行按 shell 的方式拼接。`,
        String.raw`写成 \n，或使用真正的换行。`,
      ],
    ),
  ),
  when(
    /-----BEGIN [A-Z0-9 ]+-----\s*(?:<br\s*\/?>|&#(?:10|x0?a);|[,;|_~^$*.:#])/i,
    bilingual(
      'key.line-ends-other',
      [
        'The line ends of the key are written as another mark, such as a comma or <br>.',
        String.raw`Write them as \n, or use real line ends.`,
      ],
      ['密钥的换行变成了其他符号，例如逗号或 <br>。', String.raw`写成 \n，或使用真正的换行。`],
    ),
  ),
  when(
    /^[0-9a-f\s:]{60,}$/i,
    bilingual(
      'key.hexadecimal',
      [
        'The key is written in hexadecimal; one of 64 digits is for SM2, not for RSA.',
        'Convert it to DER: xxd -r -p FILE > COPY',
      ],
      ['密钥是十六进制文本；64 位数字的是 SM2 密钥，不是 RSA。', '转为 DER：xxd -r -p FILE > COPY'],
    ),
  ),
  when(
    /^\s*(?:export\s+|set\s+)?[A-Za-z_]\w{0,63}\s*=\s*["'\w/+-]/,
    bilingual(
      'key.assignment',
      ['This is a line that sets a variable.', 'Give only the value after its =.'],
      ['这是给变量赋值的一行。', '只给出 = 后面的值。'],
    ),
  ),
  FILE_NAME,
  when(
    /^(?![\s\S]*-----BEGIN )[\s\S]*-----END /,
    bilingual(
      'key.begin-missing',
      [
        'The BEGIN line of the key is missing.',
        'Copy it whole, from the first dash to the last, or give only the base64 between the lines.',
      ],
      ['密钥缺少 BEGIN 行。', '从第一个短横到最后一个完整复制，或只给出两行之间的 base64。'],
    ),
  ),
  when(
    /^\s*MI[A-Za-z0-9+/=_\-\s]{60,}$/,
    bilingual(
      'key.base64-incomplete',
      [
        'The key looks like base64, but is cut off or has padding (=) in the wrong place.',
        'Copy it whole, from the first character to the last.',
      ],
      [
        '密钥像是 base64，但被截断，或填充字符（=）的位置不对。',
        '从第一个字符到最后一个字符完整复制。',
      ],
    ),
  ),
]

/** What was done to the text of a key that cannot be read, and how to undo it. */
export function explainMangled(key: KeyText): ErrorText | undefined {
  for (const cause of CAUSES) {
    const says = cause(key.text, key)
    if (says !== undefined) return says
  }
  return undefined
}
