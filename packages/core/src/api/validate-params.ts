import * as v from 'valibot'

import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'
import type { Api } from './define-api.ts'

const WORDS: Readonly<Record<string, string>> = {
  required: 'is required',
  unknown: 'is not a parameter of this call',
  string: 'must be text',
  non_empty: 'must not be empty; leave it out instead',
  max_code_points: 'is too long',
  regex: 'has a character that is not allowed, such as &, = or a control character',
}

const SHOWABLE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

function toIssue(api: Api, issue: v.BaseIssue<unknown>): ParameterIssue {
  const key: unknown = issue.path?.[0]?.key
  const name = typeof key === 'string' ? key : ''
  const path = SHOWABLE.test(name) ? name : '(parameters)'
  if (issue.type !== 'strict_object' || name === '') return { path, rule: issue.type }
  return { path, rule: Object.hasOwn(api.params.entries, name) ? 'required' : 'unknown' }
}

const inWords = ({ path, rule }: ParameterIssue) =>
  `${path} ${WORDS[rule] ?? `breaks the rule ${rule}`}`

/**
 * Checks the parameters of a call, and returns them as members of the message.
 *
 * Only names and rules reach the error: the values may be card data.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`.
 */
export function validateParams(api: Api, params: unknown): Record<string, string> {
  const result = v.safeParse(api.params, params)
  if (!result.success) {
    const issues = result.issues.map((issue) => toIssue(api, issue))
    throw new ParameterError(
      `${api.id} was not sent: ${issues.map(inWords).join('; ')}. Correct the parameters and call again.`,
      issues,
    )
  }
  const members: Record<string, string> = {}
  for (const [name, value] of Object.entries(result.output)) {
    if (typeof value === 'string') members[name] = value
  }
  return members
}
