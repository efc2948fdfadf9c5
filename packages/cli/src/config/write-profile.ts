import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../system-code.ts'
import type { Environment } from './environment.ts'
import { profileFile, profileText, type Profile } from './profile.ts'

const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700

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
      throw new ConfigError(
        'ERR_CONFIG_CONFLICT',
        `There is a profile ${profile.name} already, and it is left as it is. --force writes over it; --profile takes another name.`,
      )
    }
    throw new ConfigError('ERR_CONFIG_INVALID', `The profile cannot be written (${code}).`)
  }
}
