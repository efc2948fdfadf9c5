import type { Api, LLPayError, ParameterError } from '@llpay/core'
import { inChinese, issueInChinese, type SpokenText } from '@llpay/core/errors/chinese'
import { adviceFor, apiAdvice } from '@llpay/core/return-codes/advice'

import { formOf, listApis } from '../call/apis.ts'

/** What is wrong with each parameter, by the flag that it was given with. */
function issuesIn({ issues, params }: ParameterError, api: Api | undefined): string {
  const places = String(params['places'] ?? '').split(' ')
  const forms = String(params['forms'] ?? '').split(' ')
  return issues
    .map((issue, index) => {
      const { path } = issue
      const place = places[index] ?? ''
      const name = place === '' ? path : place === '--params' ? `${path}（${place}）` : place
      const form = api && forms.includes(path) ? formOf(api, path, 'zh') : undefined
      return form === undefined ? issueInChinese(issue, name) : `${name} 不符合要求：${form}`
    })
    .join('；')
}

const hasIssues = (error: LLPayError): error is ParameterError => error.name === 'ParameterError'

const findApi = (id: string | null) => listApis().find((each) => each.id === id)

/** What to do after a return code that LianLian refused with. */
function adviceIn(error: LLPayError, id: string | null): string | undefined {
  const { returnCode, category } = error.toJSON()
  if (typeof returnCode !== 'string' || typeof category !== 'string') return undefined
  const api = findApi(id)
  const own = api === undefined ? undefined : apiAdvice(api, returnCode)
  return (own ?? adviceFor(returnCode, category)).zh
}

/**
 * What an error says in Chinese: by its reason, and the advice for its return code.
 *
 * @param api the endpoint that was called.
 */
export function chineseError(error: LLPayError, api: string | null): SpokenText {
  const { message, hint } = inChinese(error)
  if (hasIssues(error) && error.reason === 'parameter.invalid') {
    return {
      message: message.replace(error.issues.map((issue) => issueInChinese(issue)).join('；'), () =>
        issuesIn(error, findApi(api)),
      ),
      hint,
    }
  }
  return { message, hint: hint ?? (error.hint === undefined ? undefined : adviceIn(error, api)) }
}
