import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../system-code.ts'
import { configFolder } from './config-folder.ts'
import type { Environment } from './environment.ts'

/** The profile that is taken where none is named. */
export const DEFAULT_PROFILE = 'default'

/** Whether real cards are behind a profile. */
export type ProfileKind = 'test' | 'live'

/** A merchant, where its keys are and where its calls go. It holds no key. */
export interface Profile {
  readonly name: string
  readonly kind: ProfileKind
  readonly oidPartner: string
  readonly privateKeyFile: string
  readonly gatewayKeyFiles: readonly string[]
  readonly baseUrl: string | undefined
  /** The products under which cards may be bound; all that are known where there is none. */
  readonly payTypes: readonly string[] | undefined
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The file of a profile. */
export function profileFile(name: string, env: Environment): string {
  if (NAME.test(name)) return join(configFolder(env), `${name}.json`)
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    'The name of a profile takes letters, digits, dots, dashes and underscores, 64 at most.',
  )
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(isText)

function parse(name: string, text: string): Profile | undefined {
  const members = new Map(Object.entries<unknown>(JSON.parse(text)))
  const kind = (['test', 'live'] as const).find((each) => each === members.get('environment'))
  const oidPartner = members.get('oid_partner')
  const privateKeyFile = members.get('private_key_file')
  const gatewayKeys = members.get('gateway_key_files')
  const baseUrl = members.get('base_url')
  const payTypes = members.get('pay_types')
  if (kind === undefined || !isText(oidPartner) || !isText(privateKeyFile)) return undefined
  if (!Array.isArray(gatewayKeys) || (baseUrl !== undefined && !isText(baseUrl))) return undefined
  if (payTypes !== undefined && !isTexts(payTypes)) return undefined
  const gatewayKeyFiles = gatewayKeys.filter(isText)
  return { name, kind, oidPartner, privateKeyFile, gatewayKeyFiles, baseUrl, payTypes }
}

/** The text of a profile's file. */
export function profileText(profile: Profile): string {
  const { kind, oidPartner, privateKeyFile, gatewayKeyFiles, baseUrl, payTypes } = profile
  const members = {
    environment: kind,
    oid_partner: oidPartner,
    private_key_file: privateKeyFile,
    gateway_key_files: gatewayKeyFiles,
    base_url: baseUrl,
    pay_types: payTypes,
  }
  return `${JSON.stringify(members, undefined, 2)}\n`
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    const code = systemCode(error) ?? 'unreadable'
    throw new ConfigError('ERR_CONFIG_INVALID', `The profile cannot be read (${code}).`)
  }
}

/**
 * Reads a profile; `undefined` where there is none of that name.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function readProfile(name: string, env: Environment): Profile | undefined {
  const text = readText(profileFile(name, env))
  if (text === undefined) return undefined
  try {
    const profile = parse(name, text)
    if (profile !== undefined) return profile
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `The file of profile ${name} is damaged. Write it again: llpay init --profile ${name} --force`,
  )
}
