import { describeIssue, validateParams } from '../api/validate-params.ts'
import { unbind } from '../apis/card/unbind.ts'
import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'
import type { UnbindJob } from './unbind-job.ts'

/** Members of a job that are not parameters of the call. */
const OWN = ['generation', 'ref'] as const
const MAX_CHARACTERS = 256

const NOT_TEXT = 'must be text of 1 to 256 characters'

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Array.from(value).length <= MAX_CHARACTERS

/**
 * Says which rule a member of a job breaks, and where such values come from.
 *
 * @example
 * import { checkJob, describeJobIssue } from '@llpay/core/bulk'
 * import { ParameterError } from '@llpay/core'
 * try {
 *   checkJob({ user_id: '1234567', no_agree: '2.01403E+15' })
 * } catch (error) {
 *   if (error instanceof ParameterError) console.log(error.issues.map(describeJobIssue))
 * }
 */
export function describeJobIssue(issue: ParameterIssue): string {
  return issue.rule === 'text' ? `${issue.path} ${NOT_TEXT}` : describeIssue(unbind, issue)
}

function refuse(issues: readonly ParameterIssue[]): void {
  if (issues.length === 0) return
  throw new ParameterError(
    `The job was not taken: ${issues.map(describeJobIssue).join('; ')}. Correct it where it comes from.`,
    issues,
  )
}

function readOwn(job: object): Pick<UnbindJob, 'generation' | 'ref'> {
  const own: Record<string, string> = {}
  const issues: ParameterIssue[] = []
  for (const name of OWN) {
    const value: unknown = Reflect.get(job, name)
    if (isText(value)) own[name] = value
    else if (value !== undefined) issues.push({ path: name, rule: 'text' })
  }
  refuse(issues)
  return own
}

/**
 * Takes what a file or a queue holds as a job, if it is one. A number in the place of text is
 * refused: what JSON or a spreadsheet makes of sixteen digits may be another agreement.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`, with names and rules and no value.
 * @example
 * import { checkJob } from '@llpay/core/bulk'
 * const job = checkJob(JSON.parse('{"user_id":"1234567","no_agree":"2014031710002121","pay_type":"D"}'))
 * console.log(job.pay_type)
 */
export function checkJob(value: unknown): UnbindJob {
  const isObject = typeof value === 'object' && value !== null
  const params: unknown = isObject
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !OWN.some((own) => own === name)))
    : value
  const { user_id = '', no_agree = '', ...rest } = validateParams(unbind, params)
  return { user_id, no_agree, ...rest, ...(isObject ? readOwn(value) : {}) }
}
