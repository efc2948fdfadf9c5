import { readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, dirname } from 'node:path'

import { ConfigError } from '@llpay/core'

import { t } from '../output/language.ts'
import { errorText, invalidError } from '../program/errors.ts'
import { systemCode, unreadable } from './files.ts'
import type { Environment } from './sources.ts'

const { platform } = process

/** Where the platform keeps the configuration of programs, by its name in Node.js. */
const FOLDERS: Readonly<Record<string, (env: Environment) => string>> = {
  darwin: () => join(homedir(), 'Library', 'Application Support'),
  win32: (env) => env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'),
}

const freedesktop = (env: Environment) => {
  const folder = env['XDG_CONFIG_HOME']
  return folder === undefined || folder === '' ? join(homedir(), '.config') : folder
}

/** The folder with llpay's profiles. */
export function configFolder(env: Environment): string {
  return join((FOLDERS[platform] ?? freedesktop)(env), 'llpay')
}

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

export function profileFile(name: string, env: Environment): string {
  if (NAME.test(name)) return join(configFolder(env), `${name}.json`)
  throw invalidError(
    'profile.name',
    t(
      'The name of a profile takes letters, digits, dots, dashes and underscores, 64 at most.',
      '配置档名称只能含字母、数字、点、短横线与下划线，最多 64 个字符。',
    ),
    t('Choose another name.', '请换一个名称。'),
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
function profileText(profile: Profile): string {
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
    throw unreadable(error, {
      reason: 'profile.unreadable',
      what: t('The profile', '配置档'),
      hint: t('Check its file and its permissions.', '请检查该文件及其权限。'),
    })
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
  throw invalidError(
    'profile.damaged',
    t(`The file of profile ${name} is damaged.`, `配置档 ${name} 的文件已损坏。`),
    t(
      `Write it again: llpay init --profile ${name} --force`,
      `重新写入：llpay init --profile ${name} --force`,
    ),
  )
}

const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700

/** Says that a profile is there, and is not replaced. */
export const profileExists = (name: string): ConfigError =>
  new ConfigError(
    'ERR_CONFIG_CONFLICT',
    errorText(
      'profile.exists',
      t(
        `There is a profile ${name} already, and it is left as it is.`,
        `已有名为 ${name} 的配置档，未作改动。`,
      ),
      t(
        '--force writes over it; --profile takes another name.',
        '--force 覆盖它；--profile 另取名称。',
      ),
    ),
  )

/**
 * Writes a profile, and gives the name of its file.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT` where there is one of that name and it may not be replaced.
 */
export function writeProfile(
  profile: Profile,
  env: Environment,
  { replace }: { readonly replace: boolean },
): string {
  const file = profileFile(profile.name, env)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER })
    writeFileSync(file, profileText(profile), { mode: OWNER_ONLY, flag: replace ? 'w' : 'wx' })
    return file
  } catch (error) {
    const code = systemCode(error) ?? 'unwritable'
    if (code === 'EEXIST') {
      throw profileExists(profile.name)
    }
    throw invalidError(
      'profile.unwritable',
      t(`The profile cannot be written (${code}).`, `无法写入配置档（${code}）。`),
      t('Check its folder and its permissions.', '请检查文件夹及其权限。'),
    )
  }
}
