import { ConfigError, ParameterError, type Api } from '@llpay/core'
import { describeIssue, describeParams, readJsonObject, validateParams } from '@llpay/core/adapter'

import { readSource, refuseStdinTwice, type Source } from '../config/sources.ts'
import { listed, t } from '../output/language.ts'
import { errorText, invalidError } from '../program/errors.ts'
import type { GivenFlags } from '../program/parse-flags.ts'
import { flagName, formOf } from './apis.ts'

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
    throw invalidError(
      'params.not-an-object',
      t(
        '--params takes a JSON object of parameters by their wire names, each once, values as text.',
        '--params 需要一个 JSON 对象：键为报文字段名，各出现一次，值为字符串。',
      ),
      t('Write it like {"user_id":"1234567"}.', '写法如 {"user_id":"1234567"}。'),
    )
  }
}

/** Names every parameter that is missing, by its flag, before anything else is looked at. */
function requireAll(api: Api, params: Readonly<Record<string, unknown>>): void {
  const missing = describeParams(api).filter(
    ({ name, required }) => required && params[name] === undefined,
  )
  if (missing.length === 0) return
  const flags = missing.map(({ name }) => `--${flagName(name)}`)
  const words = api.id.replace('.', ' ')
  const help = `llpay ${words} --help`
  throw new ParameterError(
    errorText(
      'params.missing',
      t(
        `${listed(flags)} ${flags.length === 1 ? 'is' : 'are'} required. Nothing was sent.`,
        `缺少 ${flags.join('、')}。未发出任何请求。`,
      ),
      t(
        `Give ${flags.length === 1 ? 'it as a flag' : 'them as flags'}, or in the file of --params. See ${help}.`,
        `用选项或 --params 的文件给出。用法见 ${help}。`,
      ),
    ),
    missing.map(({ name }) => ({ path: name, rule: 'required' })),
  )
}

/** Whether a value has no character that is not allowed anywhere, but not the form of its parameter. */
const hasOddForm = (api: Api, name: string, params: Readonly<Record<string, unknown>>): boolean =>
  api.params[name]?.says === undefined && !/[&\p{Cc}]/u.test(String(params[name]))

/**
 * Refuses parameters that cannot be what they claim to be, and names the flag of each.
 *
 * @throws {ParameterError}
 */
export function checkParams(
  api: Api,
  params: Readonly<Record<string, unknown>>,
  flags: GivenFlags,
): void {
  try {
    validateParams(api, params)
  } catch (error) {
    if (!(error instanceof ParameterError) || error.issues.length === 0) throw error
    const { issues, hint, reason } = error
    const places = issues.map(({ path }) =>
      flags.value(flagName(path)) === undefined ? '--params' : `--${flagName(path)}`,
    )
    const forms = issues.flatMap(({ path, rule }) =>
      rule === 'regex' && hasOddForm(api, path, params) ? [path] : [],
    )
    const rules = issues
      .map((issue, index) => {
        const { path } = issue
        const said = forms.includes(path)
          ? `${path} is not valid, expected ${formOf(api, path, 'en')}`
          : describeIssue(api, issue)
        return `${said} (${places[index]})`
      })
      .join('; ')
    const message = `${api.id} was not sent: ${rules}.`
    const filled = { api: api.id, rules, places: places.join(' '), forms: forms.join(' ') }
    throw new ParameterError({ reason, message, hint, params: filled }, issues)
  }
}

/**
 * Gathers the parameters of a call from flags and from the file of `--params`.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, or `ERR_CONFIG_CONFLICT` for one that is in both.
 * @throws {ParameterError} that names everything that is missing.
 */
export function readParams(api: Api, flags: GivenFlags): Record<string, unknown> {
  const source = paramsSource(flags)
  const keys = ['private-key', 'gateway-key'].flatMap((name) =>
    flags.values(name).map((file) => ({ name: `--${name}`, file })),
  )
  refuseStdinTwice([...keys, source])
  const params: Record<string, unknown> = source === undefined ? {} : { ...readObject(source) }
  for (const name of Object.keys(api.params)) {
    const value = flags.value(flagName(name))
    if (value === undefined) continue
    if (Object.hasOwn(params, name)) {
      const flag = `--${flagName(name)}`
      throw new ConfigError(
        'ERR_CONFIG_CONFLICT',
        errorText(
          'params.given-twice',
          t(
            `${name} is given by ${flag} and in the file of --params.`,
            `${name} 既由 ${flag} 给出，又在 --params 的文件中。`,
          ),
          t('Give it once.', '只给一次。'),
        ),
      )
    }
    params[name] = value
  }
  requireAll(api, params)
  return params
}
