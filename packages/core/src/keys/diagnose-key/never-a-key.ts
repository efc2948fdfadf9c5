import { bilingual } from '../../errors/bilingual.ts'
import type { ErrorText } from '../../errors/ll-pay-error.ts'
import type { KeyUse } from '../pem.ts'

/** Text where a key should be. */
export interface KeyText {
  readonly text: string
  /** What the key is needed for, if that is known. */
  readonly use: KeyUse | undefined
}

/** What explains a text; `undefined` if it is something else. */
export type Explanation = (text: string, key: KeyText) => ErrorText | undefined

/** Explains the texts that match a pattern. */
export const when =
  (pattern: RegExp, says: ErrorText): Explanation =>
  (text) =>
    pattern.test(text) ? says : undefined

const isFileName = (text: string) =>
  text.length < 1024 &&
  !/[\r\n]/.test(text) &&
  ((text.length < 100 && /^[\w.@-]+(?:[\\/][\w.@-]+)+$/.test(text)) ||
    /^["']?(?:file:|~|\$|%\w+%|\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(text) ||
    /\.(?:pem|key|pub|der|p8|pk8|p12|pfx|jks|crt|cer|cert|txt|json|xml|env)["']?$/i.test(text))

function nameFile(text: string, { use }: KeyText): ErrorText | undefined {
  if (!isFileName(text.trim())) return undefined
  const names = { private: 'LLPAY_PRIVATE_KEY_FILE', public: 'LLPAY_GATEWAY_KEY_FILE' }
  const [en, zh] =
    use === undefined
      ? [`${names.private} or ${names.public}`, `${names.private} 或 ${names.public}`]
      : [names[use], names[use]]
  return bilingual(
    'key.file-name',
    [
      'This is the name of a file, not a key.',
      `Read the file and give its contents; for the command line, use ${en} instead of the variable for the key itself.`,
    ],
    ['这是文件名，不是密钥。', `读取文件，给出其内容；命令行请改用 ${zh}。`],
  )
}

/** What stands where a key belongs and never was one, in the order in which it is tried. */
export const NEVER_A_KEY: readonly Explanation[] = [
  when(
    /^\0+$/,
    bilingual(
      'key.zeros',
      [
        'The key is nothing but zero bytes: its buffer was never filled, or was wiped after use.',
        'Read the key again, and give it before it is wiped.',
      ],
      ['密钥全是零字节：缓冲区没有写入内容，或用后被清零。', '重新读取密钥，在清零之前传入。'],
    ),
  ),
  when(
    /^\s*["']?(?:undefined|null|none|nil|nan|true|false|\[object \w+\])["']?\s*$/i,
    bilingual(
      'key.no-value',
      [
        'This is what a program writes where a value is missing or is not text, such as "undefined" or "[object Object]".',
        'Find where the key is turned into text: it was not there, or is in a member of an object.',
      ],
      [
        '这是程序在缺少值、或值不是文本时写出的内容，例如 "undefined" 或 "[object Object]"。',
        '找到把密钥转成文本的地方：当时没有密钥，或密钥在对象的某个成员里。',
      ],
    ),
  ),
  when(
    /^\s*["']?(?:\$\{[^{}]*\}|\$?\{\{[^{}]*\}\}|\$[A-Za-z_]\w*|\$\([^()]*\)|%[A-Za-z_]\w*%|<[^<>\n]{1,80}>|__\w+__|\*+|x{3,}|\.{3}|…|(?:your|my|insert|paste|replace|change|enter)[\w -]{0,60}|todo|fixme|placeholder|dummy|example)["']?\s*$/i,
    bilingual(
      'key.placeholder',
      [
        'This is a placeholder, such as ${NAME} or <your key>, that was never replaced by the key.',
        'Check that the variable is set where the program starts, and that what fills in the template has run.',
      ],
      [
        '这是占位符，例如 ${NAME} 或 <你的密钥>，没有被替换成密钥。',
        '检查程序启动处是否设置了该变量，以及填充模板的步骤是否执行过。',
      ],
    ),
  ),
  when(
    /^\s*["']?(?:arn:|vault:|op:\/\/|sm:\/\/|ssm:|secretsmanager:|keyvault:|@Microsoft\.KeyVault|https?:\/\/|s3:\/\/|gs:\/\/|projects\/[^/\s]+\/secrets\/)\S*\s*$/i,
    bilingual(
      'key.reference',
      [
        'This is a reference to a secret (an ARN, the path of a vault, a URL), not the key in it.',
        'Read the secret first, and give its value.',
      ],
      ['这是指向密钥的引用（ARN、vault 路径或 URL），不是密钥本身。', '先读取它，再给出其中的值。'],
    ),
  ),
  when(
    /^\s*(?:<!doctype html|<html|<head|<body)/i,
    bilingual(
      'key.web-page',
      [
        'This is a web page, not a key: perhaps the login or error page of the store that the key comes from.',
        'Open the address that it was read from, and check the login of the program.',
      ],
      [
        '这是网页，不是密钥：可能是存放密钥的系统的登录页或错误页。',
        '打开读取密钥的地址，并检查程序的登录状态。',
      ],
    ),
  ),
]

/** The name of a file; it is looked for last, since a mangled key may look like one. */
export const FILE_NAME: Explanation = nameFile
