import { ConfigError, type Api } from '@llpay/core'
import { readJsonObject } from '@llpay/core/adapter'

import type { GivenFlags } from '../args/parse-flags.ts'
import { flagName } from '../commands/param-flags.ts'
import { readSource, type Source } from './read-secret.ts'

/** The file with parameters, if one was given. */
export function paramsSource(flags: GivenFlags): Source | undefined {
  const file = flags.value('params')
  return file === undefined ? undefined : { name: '--params', file }
}

function readObject(source: Source): object {
  const text = readSource(source)
  try {
    if (typeof text !== 'string') throw new TypeError('bytes')
    // Read twice: the strict reader refuses members that are there twice.
    readJsonObject(text)
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return Object(value)
  } catch {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      '--params takes a JSON object of parameters by their wire names, such as {"user_id":"1234567"}; each once, values as text.',
    )
  }
}

/**
 * Gathers the parameters of a call from flags and from the file of `--params`.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, or `ERR_CONFIG_CONFLICT` for one that is in both.
 */
export function readParams(api: Api, flags: GivenFlags): Record<string, unknown> {
  const source = paramsSource(flags)
  const params: Record<string, unknown> = source === undefined ? {} : { ...readObject(source) }
  for (const name of Object.keys(api.params)) {
    const value = flags.value(flagName(name))
    if (value === undefined) continue
    if (Object.hasOwn(params, name)) {
      throw new ConfigError(
        'ERR_CONFIG_CONFLICT',
        `${name} is given by --${flagName(name)} and in the file of --params. Give it once.`,
      )
    }
    params[name] = value
  }
  return params
}
