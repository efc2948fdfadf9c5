import { ConfigError, type Api } from '@llpay/core'
import {
  parseScenario,
  readCards,
  type PlayOptions,
  type SandboxCard,
  type ScenarioText,
} from '@llpay/sandbox'
import type { MerchantKeys } from '@llpay/sandbox/node'

import { listApis } from '../call/apis.ts'
import { readFile } from '../config/files.ts'
import { t } from '../output/language.ts'
import type { Invocation } from '../program/command.ts'
import { phrasesOf, usageError } from '../program/errors.ts'
import type { Flag } from '../program/flags.ts'
import { parseCard } from './cards.ts'
import { sandboxText } from './sandbox-texts.ts'

const DEMO_CARD = '1234567:2014031710002121:D'
/** The flag that a card comes from. */
const CARD = t('--card', '--card ')

/** Names the flag whose value the sandbox refuses. */
function refuse(reason: string, flag: string, error: unknown): unknown {
  if (error instanceof ConfigError) {
    const { message } = phrasesOf(error)
    return usageError(reason, t(`${flag}: ${message.en}`, `${flag}：${message.zh}`))
  }
  return isSandboxError(error)
    ? usageError(
        reason,
        t(`${flag}: ${error.message}`, `${flag}：${sandboxText(error.message).zh}`),
      )
    : error
}

const isSandboxError = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ControlError'

/** The flag of a command that listens. */
export const portFlag = (usual: number): Flag => ({
  name: 'port',
  value: 'N',
  summary: t(
    `Port to listen on; 0 takes a free one (default: ${usual})`,
    `监听端口；0 为任意空闲端口（默认：${usual}）`,
  ),
})

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port < 65_536) return port
  throw usageError(
    'sandbox.port-flag',
    t('--port takes a number from 0 to 65535.', '--port 需要 0 到 65535 的数字。'),
    t('0 takes a free one.', '0 表示任意空闲端口。'),
  )
}

/** The endpoint that a flag names. */
export function parseApi(flag: string, text: string): Api['id'] {
  const known = listApis().map(({ id }) => id)
  const found = known.find((id) => id === text)
  if (found !== undefined) return found
  throw usageError(
    'sandbox.api-flag',
    t(`${flag}: there is no such endpoint.`, `${flag}：没有该接口。`),
    t(`Choose one of ${known.join(', ')}.`, `可选：${known.join('、')}。`),
  )
}

interface Play {
  readonly scenario: ScenarioText
  readonly options: PlayOptions
}

/** Reads a scenario as it is written on the command line: its name, or `card.list=` and its name. */
export function parsePlay(text: string): Play {
  const [, api, scenario = ''] = /^(?:([a-z.-]+)=)?(.*)$/.exec(text) ?? []
  try {
    parseScenario(scenario)
  } catch (error) {
    throw refuse('sandbox.scenario-flag', '--scenario', error)
  }
  const options = api === undefined ? {} : { api: parseApi('--scenario', api) }
  return { scenario: parseScenario(scenario).text, options }
}

/** Reads a merchant and the file of its public key. */
export function parseMerchant(text: string): MerchantKeys {
  const [, oidPartner, file] = /^([0-9]{18})=(.+)$/.exec(text) ?? []
  if (oidPartner === undefined || file === undefined) {
    throw usageError(
      'sandbox.merchant-flag',
      t(
        '--merchant takes OID_PARTNER=PUBLIC_KEY_FILE, with 18 digits before the =.',
        '--merchant 的写法是 OID_PARTNER=PUBLIC_KEY_FILE，= 之前为 18 位数字。',
      ),
    )
  }
  const publicKey = new TextDecoder().decode(
    readFile(file, t('The public key of --merchant', ' --merchant 的公钥')),
  )
  return { oidPartner, publicKey }
}

async function readCardsFile(file: string): Promise<SandboxCard[]> {
  const text = new TextDecoder().decode(readFile(file, t('The file of --cards', ' --cards 的文件')))
  try {
    return await readCards(text)
  } catch (error) {
    throw refuse('sandbox.cards-flag', '--cards', error)
  }
}

/** The cards of the flags; one to try things with where there are none. */
export async function gatherCards({ flags }: Invocation): Promise<SandboxCard[]> {
  const named = flags.values('card').map((card) => parseCard(card, CARD))
  const files = await Promise.all(flags.values('cards').map(readCardsFile))
  const cards = [...named, ...files.flat()]
  return cards.length > 0 ? cards : [parseCard(DEMO_CARD, CARD)]
}
