import { ConfigError, type SettleMode } from '@llpay/core'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import type { GivenFlags } from '../args/parse-flags.ts'
import { readSource, refuseStdinTwice, type Source } from './read-secret.ts'

/** Where the call goes and with which keys, as given by flags and environment. */
export interface CliConfig {
  readonly oidPartner: string
  readonly privateKey: RsaPrivateKey
  readonly gatewayKeys: readonly RsaPublicKey[]
  readonly baseUrl: string | undefined
  readonly timeoutMs: number | undefined
  readonly settle: SettleMode
}

type Environment = Readonly<Record<string, string | undefined>>

/** A variable that is set to nothing counts as not set. */
const read = (env: Environment, name: string) => (env[name] === '' ? undefined : env[name])

/** The key that the environment gives, as a value or as a file. */
export function sourceFromEnvironment(env: Environment, name: string): Source | undefined {
  const text = read(env, name)
  const file = read(env, `${name}_FILE`)
  if (text !== undefined && file !== undefined) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      `Both ${name} and ${name}_FILE are set. Unset one of them.`,
    )
  }
  if (file !== undefined) return { name: `${name}_FILE`, file }
  return text === undefined ? undefined : { name, text }
}

function missing(what: string, flag: string, variable: string): ConfigError {
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    `${what} is missing. Give ${flag}, or set ${variable}.`,
  )
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9][0-9]{0,9}$/.test(text)) return Number(text)
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    '--timeout takes a whole number of milliseconds, such as 30000.',
  )
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
 * Gathers the configuration of a call. A flag wins over the environment.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INVALID`.
 * @throws {KeyError} for what is no key.
 */
export function resolveConfig(
  flags: GivenFlags,
  env: Environment,
  { dryRun, also }: Purpose,
): CliConfig {
  const oidPartner = flags.value('oid-partner') ?? read(env, 'LLPAY_OID_PARTNER')
  if (oidPartner === undefined) {
    throw missing('The merchant number', '--oid-partner', 'LLPAY_OID_PARTNER')
  }
  const privateFile = flags.value('private-key')
  const privateSource: Source | undefined =
    privateFile === undefined
      ? sourceFromEnvironment(env, 'LLPAY_PRIVATE_KEY')
      : { name: '--private-key', file: privateFile }
  if (privateSource === undefined) {
    throw missing(
      "The merchant's private key",
      '--private-key FILE',
      'LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE',
    )
  }
  const gatewayFiles = flags.values('gateway-key')
  const gatewaySources =
    gatewayFiles.length === 0
      ? [sourceFromEnvironment(env, 'LLPAY_GATEWAY_KEY')].flatMap((source) => source ?? [])
      : gatewayFiles.map((file): Source => ({ name: '--gateway-key', file }))
  if (!dryRun && gatewaySources.length === 0) {
    throw missing(
      "LianLian's public key",
      '--gateway-key FILE',
      'LLPAY_GATEWAY_KEY or LLPAY_GATEWAY_KEY_FILE',
    )
  }
  refuseStdinTwice([privateSource, ...gatewaySources, also])
  return {
    oidPartner,
    privateKey: readPrivateKey(readSource(privateSource), {
      passphrase: read(env, 'LLPAY_PRIVATE_KEY_PASSPHRASE'),
    }),
    gatewayKeys: gatewaySources.map((source) => readPublicKey(readSource(source))),
    baseUrl: flags.value('base-url') ?? read(env, 'LLPAY_BASE_URL'),
    timeoutMs: parseTimeout(flags.value('timeout')),
    settle: parseSettle(flags.value('settle')),
  }
}
