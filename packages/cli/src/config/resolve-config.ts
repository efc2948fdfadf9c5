import { ConfigError, type SettleMode } from '@llpay/core'
import { checkPayTypes, nameCharacter } from '@llpay/core/adapter'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import type { GivenFlags } from '../args/parse-flags.ts'
import { readVariable, type Environment } from './environment.ts'
import type { Profile } from './profile.ts'
import { readPrivateSource } from './read-private-source.ts'
import { readSource, refuseStdinTwice, type Source } from './read-secret.ts'
import { gatherSettings, keepApart, type Given } from './settings.ts'

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

function missing(what: string, flag: string, variable: string): ConfigError {
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    `${what} is missing. Give ${flag}, set ${variable}, or make a profile with llpay init.`,
  )
}

/** Names where a merchant number came from, and what is wrong with it, without showing it. */
function checkMerchant({ value, from }: Given): void {
  if (/^[0-9]{18}$/.test(value)) return
  const { length } = Array.from(value)
  const other = /[^0-9]/u.exec(value)?.[0]
  const why =
    other === undefined
      ? `has ${length} ${length === 1 ? 'digit' : 'digits'}, expected 18`
      : `must be 18 digits, but holds ${nameOf(other)}`
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `${from}: the merchant number (oid_partner) ${why}. Copy it from LianLian's merchant console.`,
  )
}

function nameOf(character: string): string {
  if (/["']/.test(character)) return 'a quotation mark'
  return /[A-Za-z]/.test(character) ? 'a letter' : nameCharacter(character).en
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9][0-9]{0,9}$/.test(text)) return Number(text)
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    '--timeout takes a whole number of milliseconds, such as 30000.',
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
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `${given.from}: the products must be pay_type values separated by commas, each once and without blanks, such as 2,D.`,
    )
  }
}

const SETTLE_MODES: readonly SettleMode[] = ['always', 'auto', 'never']

function parseSettle(text: string | undefined): SettleMode {
  const mode = SETTLE_MODES.find((candidate) => candidate === (text ?? 'always'))
  if (mode !== undefined) return mode
  throw new ConfigError('ERR_CONFIG_INVALID', `--settle takes ${SETTLE_MODES.join(', ')}.`)
}

/** What the configuration is for. */
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
 * @throws {KeyError} for what is no key.
 */
export function resolveConfig(
  flags: GivenFlags,
  env: Environment,
  { dryRun, also }: Purpose,
): CliConfig {
  const settings = gatherSettings(flags, env)
  keepApart(settings)
  const { oidPartner, privateKey, gatewayKeys, baseUrl, payTypes, profile } = settings
  if (oidPartner === undefined) {
    throw missing('The merchant number', '--oid-partner', 'LLPAY_OID_PARTNER')
  }
  checkMerchant(oidPartner)
  if (privateKey === undefined) {
    throw missing(
      "The merchant's private key",
      '--private-key FILE',
      'LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE',
    )
  }
  if (!dryRun && gatewayKeys.length === 0) {
    throw missing(
      "LianLian's public key",
      '--gateway-key FILE',
      'LLPAY_GATEWAY_KEY or LLPAY_GATEWAY_KEY_FILE',
    )
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
    settle: parseSettle(flags.value('settle')),
    payTypes: parsePayTypes(payTypes),
  }
}
