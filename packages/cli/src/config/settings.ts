import { ConfigError } from '@llpay/core'
import { reachesLianLian } from '@llpay/core/adapter'

import { t } from '../output/language.ts'
import { errorText } from '../program/errors.ts'
import type { GivenFlags } from '../program/parse-flags.ts'
import { DEFAULT_PROFILE, readProfile, type Profile } from './profile.ts'
import {
  readPlainVariable,
  type Environment,
  sourceFromEnvironment,
  type Source,
} from './sources.ts'

/** A value, and what gave it: a flag, a variable or a profile. */
export interface Given {
  readonly value: string
  readonly from: string
}

/** The configuration of a call as it was given, before anything is read. */
export interface Settings {
  readonly oidPartner: Given | undefined
  readonly privateKey: Source | undefined
  readonly gatewayKeys: readonly Source[]
  readonly baseUrl: Given | undefined
  /** The products under which cards may be bound, separated by commas. */
  readonly payTypes: Given | undefined
  /** The profile that gave any of it. */
  readonly profile: Profile | undefined
}

type Layer = Omit<Settings, 'profile'>

const given = (value: string | undefined, from: string): Given | undefined =>
  value === undefined ? undefined : { value, from }

function fromFlags(flags: GivenFlags): Layer {
  const file = flags.value('private-key')
  return {
    oidPartner: given(flags.value('oid-partner'), '--oid-partner'),
    privateKey: file === undefined ? undefined : { name: '--private-key', file },
    gatewayKeys: flags.values('gateway-key').map((key) => ({ name: '--gateway-key', file: key })),
    baseUrl: given(flags.value('base-url'), '--base-url'),
    payTypes: given(flags.value('pay-types'), '--pay-types'),
  }
}

function fromEnvironment(env: Environment): Layer {
  const gatewayKey = sourceFromEnvironment(env, 'LLPAY_GATEWAY_KEY')
  return {
    oidPartner: given(readPlainVariable(env, 'LLPAY_OID_PARTNER'), 'LLPAY_OID_PARTNER'),
    privateKey: sourceFromEnvironment(env, 'LLPAY_PRIVATE_KEY'),
    gatewayKeys: gatewayKey === undefined ? [] : [gatewayKey],
    baseUrl: given(readPlainVariable(env, 'LLPAY_BASE_URL'), 'LLPAY_BASE_URL'),
    payTypes: undefined,
  }
}

function fromProfile({ name, ...profile }: Profile): Layer {
  const from = `profile ${name}`
  return {
    oidPartner: given(profile.oidPartner, from),
    privateKey: { name: from, file: profile.privateKeyFile },
    gatewayKeys: profile.gatewayKeyFiles.map((file) => ({ name: from, file })),
    baseUrl: given(profile.baseUrl, from),
    payTypes: given(profile.payTypes?.join(','), from),
  }
}

/** Takes each value from the first layer that has it. */
function merge(layers: readonly Layer[]): Layer {
  return {
    oidPartner: layers.find((layer) => layer.oidPartner !== undefined)?.oidPartner,
    privateKey: layers.find((layer) => layer.privateKey !== undefined)?.privateKey,
    gatewayKeys: layers.find((layer) => layer.gatewayKeys.length > 0)?.gatewayKeys ?? [],
    baseUrl: layers.find((layer) => layer.baseUrl !== undefined)?.baseUrl,
    payTypes: layers.find((layer) => layer.payTypes !== undefined)?.payTypes,
  }
}

/**
 * Keeps test and live apart, whatever flags and variables say.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT`.
 */
export function keepApart({ profile, baseUrl }: Pick<Settings, 'profile' | 'baseUrl'>): void {
  if (profile === undefined) return
  const { name, kind, baseUrl: own } = profile
  if (kind === 'live' && baseUrl !== undefined && baseUrl.value !== own) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      errorText(
        'profile.live-elsewhere',
        t(
          `${baseUrl.from} leads elsewhere than profile ${name}, which is for live calls: what its key signs never expires, and goes nowhere else.`,
          `${baseUrl.from} 与生产配置档 ${name} 的网关不同：其私钥签名的请求永不过期，不会发往别处。`,
        ),
        t(
          `Drop ${baseUrl.from}, or name a test profile.`,
          `去掉 ${baseUrl.from}，或改用测试配置档。`,
        ),
      ),
    )
  }
  if (kind === 'test' && reachesLianLian(baseUrl?.value)) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      errorText(
        'profile.test-live',
        t(
          `Profile ${name} is for tests, and the call would reach LianLian itself.`,
          `配置档 ${name} 用于测试，而这次调用会访问连连支付。`,
        ),
        t('Give --base-url, or name a live profile.', '给出 --base-url，或改用生产配置档。'),
      ),
    )
  }
}

function requireProfile(name: string, env: Environment, from: string): Profile {
  const profile = readProfile(name, env)
  if (profile !== undefined) return profile
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    errorText(
      'profile.missing',
      t(`${from}: there is no profile of that name.`, `${from}：没有该名称的配置档。`),
      t('llpay init --profile NAME writes one.', 'llpay init --profile 名称 可写入一个。'),
    ),
  )
}

/**
 * Gathers what flags, environment and profile give. A flag wins, and so does a profile that a flag
 * names; a profile that `LLPAY_PROFILE` names, or the one called `default`, fills what is missing.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INVALID`.
 */
export function gatherSettings(flags: GivenFlags, env: Environment): Settings {
  const layers = [fromFlags(flags), fromEnvironment(env)]
  const named = flags.value('profile')
  if (named !== undefined) {
    const profile = requireProfile(named, env, '--profile')
    return { ...merge([fromFlags(flags), fromProfile(profile)]), profile }
  }
  const merged = merge(layers)
  const isComplete =
    merged.oidPartner !== undefined &&
    merged.privateKey !== undefined &&
    merged.gatewayKeys.length > 0
  const variable = readPlainVariable(env, 'LLPAY_PROFILE')
  const profile = isComplete
    ? undefined
    : variable === undefined
      ? readProfile(DEFAULT_PROFILE, env)
      : requireProfile(variable, env, 'LLPAY_PROFILE')
  if (profile === undefined) return { ...merged, profile }
  return { ...merge([...layers, fromProfile(profile)]), profile }
}
