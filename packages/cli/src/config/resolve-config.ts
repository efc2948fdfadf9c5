import { ConfigError, type SettleMode } from '@llpay/core'
import { checkPayTypes, nameCharacter } from '@llpay/core/adapter'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { listed, t, type Phrase } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import { errorText, invalidError } from '../program/errors.ts'
import type { GivenFlags } from '../program/parse-flags.ts'
import type { Profile } from './profile.ts'
import { gatherSettings, keepApart, type Given } from './settings.ts'
import {
  nameInChinese,
  readVariable,
  type Environment,
  readPrivateSource,
  readSource,
  refuseStdinTwice,
  type Source,
} from './sources.ts'

/** Where the call goes and with which keys, as given by flags, environment and profile. */
export interface CliConfig {
  readonly oidPartner: string
  readonly privateKey: RsaPrivateKey
  readonly gatewayKeys: readonly RsaPublicKey[]
  readonly baseUrl: string | undefined
  /** The profile that any of it is from. */
  readonly profile: Profile | undefined
  readonly timeoutMs: number | undefined
  readonly settle: SettleMode
  readonly payTypes: readonly string[] | undefined
}

/** What a call cannot do without, and where each can be given. */
const NEEDED = {
  merchant: [t('The merchant number', '商户号'), '--oid-partner', 'LLPAY_OID_PARTNER'],
  private: [
    t("The merchant's private key", '商户私钥'),
    '--private-key FILE',
    'LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE',
  ],
  gateway: [
    t("LianLian's public key", '连连支付公钥'),
    '--gateway-key FILE',
    'LLPAY_GATEWAY_KEY or LLPAY_GATEWAY_KEY_FILE',
  ],
} as const

/** Names all that is missing at once, so that nobody meets one after the other. */
function missing(needed: readonly (keyof typeof NEEDED)[]): ConfigError {
  const lacking = needed.map((name) => NEEDED[name])
  const what = lacking.map(([name]) => name)
  const flags = lacking.map(([, flag]) => flag).join(' ')
  const variables = lacking.map(([, , variable]) => variable)
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    errorText(
      'config.missing',
      t(
        `${joinEnglish(what.map(({ en }) => en))} ${what.length === 1 ? 'is' : 'are'} missing.`,
        `缺少${what.map(({ zh }) => zh).join('、')}。`,
      ),
      t(
        `Give ${flags}, set ${variables.join(', ')}, or write a profile with llpay init.`,
        `给出 ${flags}，或设置 ${variables.join('、').replaceAll(' or ', ' 或 ')}，或用 llpay init 写配置档。`,
      ),
    ),
  )
}

/** Sentence parts in a list; only the first keeps its capital. */
const joinEnglish = (parts: readonly string[]) =>
  listed(parts.map((part, index) => (index === 0 ? part : part.replace(/^The /, 'the '))))

/** Names where a merchant number came from, and what is wrong with it, without showing it. */
export function checkMerchant({ value, from }: Pick<Given, 'value'> & Partial<Given>): void {
  if (/^[0-9]{18}$/.test(value)) return
  const { length } = Array.from(value)
  const other = /[^0-9]/u.exec(value)?.[0]
  const name = other === undefined ? undefined : nameOf(other)
  const why =
    name === undefined
      ? t(
          `has ${length} ${length === 1 ? 'digit' : 'digits'}, expected 18`,
          `有 ${length} 位，应为 18 位`,
        )
      : t(`must be 18 digits, but holds ${name.en}`, `应为 18 位数字，但含有${name.zh}`)
  throw invalidError(
    'config.oid-partner',
    from === undefined
      ? t(`It ${why.en}.`, `${why.zh}。`)
      : t(
          `${from}: the merchant number (oid_partner) ${why.en}.`,
          `${nameInChinese(from)}：商户号（oid_partner）${why.zh}。`,
        ),
    COPY,
  )
}

/** Where a merchant number comes from. */
const COPY = t("Copy it from LianLian's merchant console.", '从连连支付商户站复制。')

function nameOf(character: string): Phrase {
  if (/["']/.test(character)) return t('a quotation mark', '引号')
  return /[A-Za-z]/.test(character) ? t('a letter', '字母') : nameCharacter(character)
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9][0-9]{0,9}$/.test(text)) return Number(text)
  throw invalidError(
    'config.timeout-flag',
    t('--timeout takes a whole number of milliseconds.', '--timeout 需要整数毫秒。'),
    t('Write it like --timeout 30000.', '写法如 --timeout 30000。'),
  )
}

/**
 * Reads a list of products.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function parsePayTypes(given: Given | undefined): readonly string[] | undefined {
  if (given === undefined) return undefined
  const payTypes = given.value.split(',')
  try {
    checkPayTypes(payTypes)
    return payTypes
  } catch {
    throw invalidError(
      'config.pay-types-flag',
      t(
        `${given.from}: the products must be pay_type values separated by commas, each once and without blanks.`,
        `${nameInChinese(given.from)}：产品须为逗号分隔的 pay_type 值，各一次，不含空格。`,
      ),
      t('Write them like 2,D.', '写法如 2,D。'),
    )
  }
}

const SETTLE_MODES: readonly SettleMode[] = ['always', 'auto', 'never']

const parseSettle = (text: string): SettleMode =>
  choose(text, { name: '--settle', choices: SETTLE_MODES, reason: 'config.settle-flag' })

export interface Purpose {
  /** A dry run verifies nothing, and needs no gateway key. */
  readonly dryRun: boolean
  /** What else may read standard input. */
  readonly also?: Source | undefined
}

/**
 * Gathers the configuration of a call from flags, environment and profile, and reads its keys.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INVALID`.
 * @throws {KeyError} for what is not a key.
 */
export function resolveConfig(
  flags: GivenFlags,
  env: Environment,
  { dryRun, also }: Purpose,
): CliConfig {
  const settings = gatherSettings(flags, env)
  keepApart(settings)
  const { oidPartner, privateKey, gatewayKeys, baseUrl, payTypes, profile } = settings
  if (oidPartner !== undefined) checkMerchant(oidPartner)
  const needsGateway = !dryRun && gatewayKeys.length === 0
  if (oidPartner === undefined || privateKey === undefined || needsGateway) {
    throw missing([
      ...(oidPartner === undefined ? (['merchant'] as const) : []),
      ...(privateKey === undefined ? (['private'] as const) : []),
      ...(needsGateway ? (['gateway'] as const) : []),
    ])
  }
  refuseStdinTwice([privateKey, ...gatewayKeys, also])
  return {
    oidPartner: oidPartner.value,
    privateKey: readPrivateKey(readPrivateSource(privateKey), {
      passphrase: readVariable(env, 'LLPAY_PRIVATE_KEY_PASSPHRASE'),
    }),
    gatewayKeys: gatewayKeys.map((source) => readPublicKey(readSource(source))),
    baseUrl: baseUrl?.value,
    profile,
    timeoutMs: parseTimeout(flags.value('timeout')),
    settle: parseSettle(flags.value('settle') ?? 'always'),
    payTypes: parsePayTypes(payTypes),
  }
}
