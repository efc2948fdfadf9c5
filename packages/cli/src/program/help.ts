import { phrase, t, type Text } from '../output/language.ts'
import { beside, breakLines, columns, widthOf } from '../output/layout.ts'
import type { Output } from '../output/output.ts'
import { isParagraph, type Block, type Command, type Entry, type Example } from './command.ts'
import { findCommand, findGroup, listOffered } from './find-command.ts'
import { COMMON_FLAGS, type Flag, type Positional } from './flags.ts'
import { GROUPS } from './groups.ts'
import { TOPICS } from './topics.ts'
import { VARIABLE_ROWS } from './variables.ts'

/** Help is laid out in the language and the width of the output. */
type Page = Pick<Output, 'say' | 'width' | 'language'>

const NO_BREAK = '\u00A0'

const HEADS = {
  usage: t('Usage: ', '用法：'),
  alias: t('Alias: ', '别名：'),
  args: t('Arguments:', '参数：'),
  flags: t('Flags:', '选项：'),
  commands: t('Commands:', '命令：'),
  examples: t('Examples:', '示例：'),
  environment: t('Environment (a flag wins):', '环境变量（选项优先）：'),
  topics: t('Topics, for llpay help TOPIC:', '主题，用 llpay help 主题 查看：'),
}

const required = t(' (required)', '（必填）')

const flagRow = ({ name, value, summary, ...flag }: Flag): readonly [string, Text] => [
  value === undefined ? `--${name}` : `--${name} ${value}`,
  flag.required === true ? phrase((say) => say(summary) + say(required)) : summary,
]

function usageOf({ name, optional, multiple }: Positional): string {
  const text = multiple === true ? `${name}...` : name
  return optional === true ? ` [${text}]` : ` ${text}`
}

const rowsOf = ({ say, width }: Page, entries: readonly (readonly [Text, Text])[]) =>
  columns(
    entries.map(([name, text]) => [say(name), say(text)]),
    width,
  )

/** A command line of an example, broken where a shell takes it. */
function commandLines(command: string, width: number): string[] {
  const whole = command
    .replaceAll(/(?<=--[a-z-]+) (?=[^-])/g, NO_BREAK)
    .replaceAll(/'[^']*'/g, (quoted) => quoted.replaceAll(' ', NO_BREAK))
  const lines = breakLines(whole, width - 6)
  return lines.map((line, index) => {
    const end = index === lines.length - 1 ? '' : String.raw` \ `.trimEnd()
    return `${index === 0 ? '  ' : '    '}${line.replaceAll(NO_BREAK, ' ')}${end}`
  })
}

function exampleLines(page: Page, examples: readonly Example[]): string[] {
  return examples.flatMap(([what, command]) => [
    ...breakLines(page.say(what), page.width - 4).map((line) => `  # ${line}`),
    ...commandLines(command, page.width),
  ])
}

const isHeading = (text: string) => /[:：]$/.test(text)

/** Lays paragraphs and rows out with a blank line between, but none below a colon. */
function layBlocks(page: Page, blocks: readonly Block[]): string[] {
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1]
    const isBelow = before !== undefined && isParagraph(before) && isHeading(page.say(before))
    return [
      ...(index === 0 || isBelow ? [] : ['']),
      ...(isParagraph(block) ? breakLines(page.say(block), page.width) : rowsOf(page, block)),
    ]
  })
}

const sentence = ({ say, language }: Page, text: Text) =>
  `${say(text)}${language === 'zh' ? '。' : '.'}`

function commandRows(entries: readonly Entry[]): (readonly [string, Text])[] {
  return listOffered(entries).map(({ words, alias, summary }) => [
    words,
    alias === undefined
      ? summary
      : t(`${summary.en} (alias: ${alias})`, `${summary.zh}（别名：${alias}）`),
  ])
}

function commandHelp(
  { words, alias, summary }: Entry,
  command: Command,
  { page, below }: { readonly page: Page; readonly below: readonly Entry[] },
): string {
  const { say, width } = page
  const { args = [], flags, notes, examples, variables = [] } = command
  const needed = flags
    .filter((flag) => flag.required === true)
    .map(({ name, value = '' }) => ` --${name}${NO_BREAK}${value}`)
  const usage = `llpay ${words}${args.map(usageOf).join('')}${needed.join('')} ${say(t('[flags]', '[选项]'))}`
  const head = say(HEADS.usage)
  return [
    ...breakLines(sentence(page, summary), width),
    '',
    head + beside(widthOf(head), usage, width).join('\n').replaceAll(NO_BREAK, ' '),
    ...(alias === undefined ? [] : [`${say(HEADS.alias)}llpay ${alias}`]),
    '',
    ...(args.length === 0
      ? []
      : [
          say(HEADS.args),
          ...rowsOf(
            page,
            args.map((each) => [each.name, each.summary]),
          ),
          '',
        ]),
    say(HEADS.flags),
    ...rowsOf(page, [...flags, ...COMMON_FLAGS].map(flagRow)),
    ...(notes === undefined ? [] : ['', ...layBlocks(page, notes)]),
    ...(below.length === 0 ? [] : ['', say(HEADS.commands), ...rowsOf(page, commandRows(below))]),
    ...(variables.length === 0
      ? []
      : [
          '',
          say(HEADS.environment),
          ...rowsOf(
            page,
            VARIABLE_ROWS.filter(([name]) => variables.includes(name)),
          ),
        ]),
    '',
    say(HEADS.examples),
    ...exampleLines(page, examples),
    '',
  ].join('\n')
}

const GROUP_EXAMPLES = 3

/**
 * The help of a group of commands: its examples are the first of its commands.
 *
 * @param name the group, such as `card` or `sandbox cards`.
 */
export async function groupHelp(
  name: string,
  group: readonly Entry[],
  page: Page,
): Promise<string> {
  const { say, width } = page
  const shown = listOffered(group).slice(0, GROUP_EXAMPLES)
  const commands = await Promise.all(shown.map((entry) => entry.load()))
  const about = GROUPS[name]
  return [
    ...(about === undefined ? [] : [...breakLines(sentence(page, about), width), '']),
    say(HEADS.usage) + say(t(`llpay ${name} COMMAND [flags]`, `llpay ${name} 命令 [选项]`)),
    '',
    say(HEADS.commands),
    ...rowsOf(page, commandRows(group)),
    '',
    ...breakLines(
      say(
        t(
          `llpay ${name} COMMAND --help explains a command.`,
          `llpay ${name} 命令 --help 查看该命令的说明。`,
        ),
      ),
      width,
    ),
    '',
    say(HEADS.examples),
    ...exampleLines(
      page,
      commands.flatMap(({ examples }) => examples.slice(0, 1)),
    ),
    '',
  ].join('\n')
}

const PROGRAM_EXAMPLES: readonly Example[] = [
  [
    t('Try everything on this machine, without a merchant', '无需商户号，在本机试用'),
    'llpay sandbox',
  ],
  [t('Write a profile, then check it', '写一个配置档，再检查它'), 'llpay init && llpay doctor'],
  [
    t('Unbind a card', '解绑一张卡'),
    'llpay unbind --user-id 1234567 --no-agree 2014031710002121 --pay-type D',
  ],
]

function programHelp(entries: readonly Entry[], page: Page): string {
  const { say } = page
  return [
    ...breakLines(
      say(
        t(
          "llpay: LianLian Pay's classic merchant API from the command line.",
          'llpay：连连支付经典商户接口的命令行工具。',
        ),
      ),
      page.width,
    ),
    '',
    say(HEADS.usage) + say(t('llpay COMMAND [flags]', 'llpay 命令 [选项]')),
    '',
    say(HEADS.commands),
    ...rowsOf(page, commandRows(entries)),
    '',
    ...breakLines(
      say(
        t(
          'llpay COMMAND --help explains a command; llpay --version prints the version.',
          'llpay 命令 --help 查看该命令的说明；llpay --version 输出版本号。',
        ),
      ),
      page.width,
    ),
    '',
    say(HEADS.topics),
    ...rowsOf(
      page,
      Object.entries(TOPICS).map(([name, { summary }]) => [name, summary]),
    ),
    '',
    say(HEADS.examples),
    ...exampleLines(page, PROGRAM_EXAMPLES),
    '',
  ].join('\n')
}

/** The help text of a topic; `undefined` where there is no such topic. */
function topicHelp(page: Page, [topic = '', ...more]: readonly string[]): string | undefined {
  const found = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined
  if (found === undefined || more.length > 0) return undefined
  return [
    ...breakLines(sentence(page, found.summary), page.width),
    '',
    ...layBlocks(page, found.blocks),
    '',
    page.say(HEADS.examples),
    ...exampleLines(page, found.examples),
    '',
  ].join('\n')
}

/**
 * Finds the help that words ask for; `undefined` where one of them is unknown.
 *
 * @param isTopic whether `llpay help` asks, where a topic comes before a command of the same name.
 */
export async function findHelp(
  entries: readonly Entry[],
  words: readonly string[],
  { output: page, isTopic }: { readonly output: Page; readonly isTopic: boolean },
): Promise<string | undefined> {
  if (words.length === 0) return programHelp(entries, page)
  const topic = topicHelp(page, words)
  if (isTopic && topic !== undefined) return topic
  const group = findGroup(entries, words)
  const found = findCommand(entries, words)
  const isWhole = found?.length === words.length
  if (group.length > 0 && !isWhole) return groupHelp(words.join(' '), group, page)
  if (found === undefined) return topic
  const { entry, length } = found
  const command = await entry.load()
  const below = findGroup(entries, words.slice(0, length))
  const isStray = isTopic || (below.length > 0 && command.args === undefined)
  return isStray && !isWhole ? undefined : commandHelp(entry, command, { page, below })
}
