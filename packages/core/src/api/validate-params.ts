import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'
import type { Api } from './define-api.ts'
import { FORMS, brokenRules, wireText, type TextField } from './schema.ts'

const WORDS: Readonly<Record<string, string>> = {
  strict_object: 'must be an object',
  required: 'is required',
  unknown: 'is not a parameter of this call',
  string: 'must be text',
  non_empty: 'must not be empty; leave it out instead',
  max_code_points: 'is too long',
  json_object: 'must be a JSON object',
  regex: 'has a character that is not allowed, such as & or a control character',
}

const ALL = '(parameters)'
const SHOWABLE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

/** Describes which rule a parameter breaks, and where such values come from. */
export function describeIssue(api: Api, { path, rule }: ParameterIssue): string {
  const says = rule === 'regex' ? api.params[path]?.says : undefined
  const form = Object.entries(FORMS).find(([name]) => name === rule)?.[1].words
  const isRequired = rule === 'non_empty' && api.params[path]?.optional !== true
  const words = isRequired ? 'is required and must not be empty' : WORDS[rule]
  return `${path} ${says ?? form ?? words ?? rule}`
}

function refuse(api: Api, issues: readonly ParameterIssue[]): never {
  const list = issues.map((issue) => describeIssue(api, issue))
  const rules = list.join('; ')
  const text = {
    reason: 'parameter.invalid',
    message: `${api.id} was not sent: ${rules}.`,
    hint: 'Fix the value at its source, and call again.',
    params: { api: api.id, rules },
  }
  throw new ParameterError(text, issues)
}

function rulesBroken(field: TextField, value: unknown): string[] {
  if (value === undefined) return field.optional === true ? [] : ['required']
  return value === '' ? ['non_empty'] : brokenRules(field, value)
}

/** The first unknown name; a name itself may be card data. */
function findUnknown(api: Api, params: object): ParameterIssue[] {
  const name = Object.keys(params).find((each) => !Object.hasOwn(api.params, each))
  if (name === undefined) return []
  return [{ path: SHOWABLE.test(name) ? name : ALL, rule: 'unknown' }]
}

/**
 * Checks the parameters of a call, and returns them as members of the message.
 *
 * Only names and rules reach the error: the values may be card data.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`.
 */
export function validateParams(api: Api, params: unknown): Record<string, string> {
  if (typeof params !== 'object' || params === null) {
    return refuse(api, [{ path: ALL, rule: 'strict_object' }])
  }
  const members: Record<string, string> = {}
  const issues: ParameterIssue[] = []
  for (const [name, field] of Object.entries(api.params)) {
    const given: unknown = Reflect.get(params, name)
    const value = given === undefined ? field.default : wireText(field, given)
    issues.push(...rulesBroken(field, value).map((rule) => ({ path: name, rule })))
    if (typeof value === 'string') members[name] = value
  }
  issues.push(...findUnknown(api, params))
  return issues.length > 0 ? refuse(api, issues) : members
}
