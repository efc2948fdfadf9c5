import { COMMON_FLAGS, type Flag } from '../args/flag.ts'
import { wrap } from '../output/wrap.ts'
import type { Command } from './command.ts'
import { aliasOf } from './find-command.ts'

const ENVIRONMENT = [
  'LLPAY_OID_PARTNER',
  'LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE',
  'LLPAY_GATEWAY_KEY or LLPAY_GATEWAY_KEY_FILE',
  'LLPAY_BASE_URL',
  'HTTPS_PROXY and NO_PROXY, for a proxy; never for this machine',
]

const EXITS = [
  ['0', 'done and proven'],
  ['1', 'a bug in llpay'],
  ['2', 'wrong usage, configuration, key or parameter; nothing was sent'],
  ['3', 'LianLian refused'],
  ['4', 'the answer cannot be trusted; it may have been carried out'],
  ['5', 'not delivered; nothing was sent'],
  ['6', 'the outcome is unknown; look before you repeat'],
  ['130', 'interrupted before anything was sent'],
] as const

/** Two columns: names, and what they mean, wrapped beside them. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, 80 - width)
      .split('\n')
      .map((line) => line.trim())
    return [`  ${name}`.padEnd(width) + first, ...rest.map((line) => ' '.repeat(width) + line)]
  })
}

const flagRow = ({ name, value, summary, required }: Flag): [string, string] => [
  value === undefined ? `--${name}` : `--${name} ${value}`,
  required === true ? `${summary} (required)` : summary,
]

/** The help of one command. */
export function commandHelp(command: Command): string {
  const alias = aliasOf(command.words)
  const usage = command.flags
    .filter(({ required }) => required === true)
    .map(({ name, value = '' }) => ` --${name} ${value}`)
  return [
    `${command.summary}.`,
    '',
    `Usage: llpay ${command.words}${usage.join('')} [flags]`,
    ...(alias === undefined ? [] : [`Alias: llpay ${alias}`]),
    '',
    'Flags:',
    ...columns([...command.flags, ...COMMON_FLAGS].map(flagRow)),
    ...(command.notes === undefined ? [] : ['', ...command.notes]),
    ...(command.api === null
      ? []
      : ['', 'Environment (a flag wins):', ...ENVIRONMENT.map((name) => `  ${name}`)]),
    '',
  ].join('\n')
}

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    "llpay: LianLian Pay's classic merchant API from the command line.",
    '',
    'Usage: llpay COMMAND [flags]',
    '',
    'Commands:',
    ...columns(
      commands.map(({ words, summary }) => {
        const alias = aliasOf(words)
        return [words, alias === undefined ? summary : `${summary} (alias: ${alias})`]
      }),
    ),
    '',
    'llpay COMMAND --help tells more; llpay --version prints the version.',
    '',
    'Exit status:',
    ...columns(EXITS),
    '',
  ].join('\n')
}
