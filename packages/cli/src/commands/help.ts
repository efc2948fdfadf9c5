import { COMMON_FLAGS, type Flag, type Positional } from '../args/flag.ts'
import { layBlocks } from '../output/blocks.ts'
import { columns } from '../output/rows.ts'
import { beside } from '../output/wrap.ts'
import type { Command, Entry } from './command.ts'
import { aliasOf, listEntries } from './entries.ts'
import { TOPICS } from './topics.ts'

const ENVIRONMENT = [
  'LLPAY_OID_PARTNER',
  'LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE',
  'LLPAY_PRIVATE_KEY_PASSPHRASE, for a private key that is encrypted',
  'LLPAY_GATEWAY_KEY or LLPAY_GATEWAY_KEY_FILE',
  'LLPAY_BASE_URL',
  'LLPAY_PROFILE, for what is missing then',
  'HTTPS_PROXY and NO_PROXY, for a proxy; never for this machine',
]

const flagRow = ({ name, value, summary, required }: Flag): [string, string] => [
  value === undefined ? `--${name}` : `--${name} ${value}`,
  required === true ? `${summary} (required)` : summary,
]

const NO_BREAK = '\u00A0'

const USAGE = 'Usage: '

const usage = (text: string) =>
  USAGE + beside(USAGE.length, text).join('\n').replaceAll(NO_BREAK, ' ')

function usageOf({ name, optional, multiple }: Positional): string {
  const text = multiple === true ? `${name}...` : name
  return optional === true ? ` [${text}]` : ` ${text}`
}

/** The help of one command. */
export function commandHelp({ words, summary }: Entry, command: Command): string {
  const alias = aliasOf(words)
  const { args = [], flags, notes, readsEnvironment } = command
  const required = flags
    .filter((flag) => flag.required === true)
    .map(({ name, value = '' }) => ` --${name}${NO_BREAK}${value}`)
  const below = listEntries().filter((entry) => entry.words.startsWith(`${words} `))
  return [
    `${summary}.`,
    '',
    usage(`llpay ${words}${args.map(usageOf).join('')}${required.join('')} [flags]`),
    ...(alias === undefined ? [] : [`Alias: llpay ${alias}`]),
    '',
    ...(args.length === 0
      ? []
      : ['Arguments:', ...columns(args.map((each) => [each.name, each.summary])), '']),
    'Flags:',
    ...columns([...flags, ...COMMON_FLAGS].map(flagRow)),
    ...(notes === undefined ? [] : ['', ...layBlocks(notes)]),
    ...(below.length === 0 ? [] : ['', 'Commands:', ...columns(commandRows(below))]),
    ...(readsEnvironment === true
      ? ['', 'Environment (a flag wins):', ...ENVIRONMENT.map((name) => `  ${name}`)]
      : []),
    '',
  ].join('\n')
}

function commandRows(entries: readonly Entry[]): [string, string][] {
  const shown = entries.filter(({ hidden }) => hidden !== true)
  return shown.map(({ words, summary }) => {
    const alias = aliasOf(words)
    return [words, alias === undefined ? summary : `${summary} (alias: ${alias})`]
  })
}

/** The help of a group of commands, such as `card`. */
export function groupHelp(entries: readonly Entry[]): string {
  return [
    'Commands:',
    ...columns(commandRows(entries)),
    '',
    'llpay COMMAND --help tells more.',
    '',
  ].join('\n')
}

/** The help of the whole program. */
export function programHelp(entries: readonly Entry[]): string {
  return [
    "llpay: LianLian Pay's classic merchant API from the command line.",
    '',
    'Usage: llpay COMMAND [flags]',
    '',
    'Commands:',
    ...columns(commandRows(entries)),
    '',
    'llpay COMMAND --help tells more; llpay --version prints the version.',
    '',
    'Topics, for llpay help TOPIC:',
    ...columns(Object.entries(TOPICS)),
    '',
  ].join('\n')
}
