import { ConfigError, type TextParams } from '@llpay/core'

/** The scenarios that take no argument. */
type PlainName =
  | 'normal'
  | 'usual'
  | 'close-before'
  | 'close-after'
  | 'tampered'
  | 'unsigned'
  | 'wrong-key'
  | 'other-user'
  | 'html'
  | 'truncated'
  | 'duplicate'

/** The scenarios that take an argument after a colon. */
type NameWithArgument = 'slow' | 'late' | 'code' | 'status' | 'status-after'

/** The name of a scenario. */
export type ScenarioName = PlainName | NameWithArgument

/** A scenario as it is written: its name, and for some an argument, as in `slow:3000`. */
export type ScenarioText = ScenarioName | `${NameWithArgument}:${string}`

/** A scenario and its argument. */
export interface ParsedScenario {
  /** As it was written; `usual` is `normal`. */
  readonly text: ScenarioText
  readonly name: Exclude<ScenarioName, 'usual'>
  readonly argument: string
}

/** What an argument may be, and which one is meant where there is none. */
interface ArgumentRule {
  readonly fallback: string
  readonly pattern: RegExp
  readonly words: string
  readonly zh: string
}

const MILLISECONDS: ArgumentRule = {
  fallback: '3000',
  pattern: /^(?:0|[1-9][0-9]{0,8})$/,
  words: 'milliseconds from 0 to 999999999, as in slow:3000',
  zh: ' 0 到 999999999 的毫秒数，如 slow:3000',
}
const STATUS = {
  pattern: /^[2-5][0-9]{2}$/,
  words: 'an HTTP status from 200 to 599',
  zh: ' 200 到 599 的 HTTP 状态码',
}

/** The rule for each scenario's argument; `null` where it takes none. */
const ARGUMENTS: Readonly<Record<ScenarioName, ArgumentRule | null>> = {
  normal: null,
  usual: null,
  'close-before': null,
  'close-after': null,
  slow: MILLISECONDS,
  late: MILLISECONDS,
  tampered: null,
  unsigned: null,
  'wrong-key': null,
  'other-user': null,
  code: {
    fallback: '9999',
    pattern: /^[0-9A-Z]{4}(?::(?:signed|forged))?$/,
    words: 'a return code, as in code:9999, code:4000:signed or code:4000:forged',
    zh: '返回码，如 code:9999、code:4000:signed 或 code:4000:forged',
  },
  status: { fallback: '503', ...STATUS },
  'status-after': { fallback: '502', ...STATUS },
  html: null,
  truncated: null,
  duplicate: null,
}

const isName = (text: string): text is ScenarioName => Object.hasOwn(ARGUMENTS, text)

/** The scenarios by name, `usual` aside. */
export function scenarioNames(): Exclude<ScenarioName, 'usual'>[] {
  return Object.keys(ARGUMENTS).flatMap((name) => (isName(name) && name !== 'usual' ? [name] : []))
}

function invalid(reason: string, message: string, zh: string, params: TextParams): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', { reason, message, params, zh: { message: zh } })
}

/**
 * Reads a scenario as it is written: its name, and for some an argument after a colon.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for an unknown name or an argument that is not valid.
 * @example
 * import { parseScenario } from '@llpay/sandbox'
 * console.log(parseScenario('slow:5000').argument) // 5000
 */
export function parseScenario(text: string): ParsedScenario {
  const [name = '', ...rest] = text.split(':')
  if (!isName(name)) {
    const names = scenarioNames().join(', ')
    const message = `There is no such scenario. Choose one of ${names}.`
    throw invalid('scenario.unknown', message, `没有该场景。可选：${names}。`, { names })
  }
  const rule = ARGUMENTS[name]
  const known = name === 'usual' ? 'normal' : name
  if (rule === null) {
    if (rest.length > 0) {
      const message = `The scenario ${name} takes no argument after a colon.`
      throw invalid('scenario.no-argument', message, `场景 ${name} 不带参数。`, { name })
    }
    return { text: known, name: known, argument: '' }
  }
  const argument = rest.length === 0 ? rule.fallback : rest.join(':')
  if (!rule.pattern.test(argument)) {
    const message = `The scenario ${name} takes ${rule.words}.`
    throw invalid('scenario.argument', message, `场景 ${name} 的参数应为${rule.zh}。`, { name })
  }
  return { text: asText(known, rest, argument), name: known, argument }
}

function asText(
  name: Exclude<ScenarioName, 'usual'>,
  rest: readonly string[],
  argument: string,
): ScenarioText {
  if (rest.length === 0 || ARGUMENTS[name] === null) return name
  const text: string = `${name}:${argument}`
  return isScenarioText(text) ? text : name
}

/** Whether a text is a scenario with a valid argument. */
function isScenarioText(text: string): text is ScenarioText {
  const [name = '', ...rest] = text.split(':')
  return isName(name) && (rest.length === 0 || ARGUMENTS[name] !== null)
}
