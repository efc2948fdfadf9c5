import { loadReturnCodes } from '@internal/vectors'
import { expect, test } from 'vitest'

import type { Api } from '../api/define-api.ts'
import * as catalogue from '../apis/catalogue.ts'
import { adviceFor, apiAdvice, categoryAdvice, QUERY_AGAIN, retryAdvice } from './advice.ts'

const CATEGORY_ADVICE = categoryAdvice()
import { listReturnCodes } from './texts.ts'

const CHINESE = /[\u4e00-\u9fff]/
const categories = new Set(
  loadReturnCodes()
    .filter((row) => row['namespace'] === 'core')
    .map((row) => row['category'] ?? ''),
)

test.each([...categories, 'unlisted'])('says what to do about %s in both languages', (category) => {
  const { en = '', zh = '' } = CATEGORY_ADVICE[category] ?? {}
  expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]+\.$/)
  expect(zh).toMatch(CHINESE)
  expect(zh).toMatch(/。$/)
})

test('has advice for every code, and none for a category that no code has', () => {
  for (const { code, category } of listReturnCodes()) {
    expect(adviceFor(code, category).en).not.toBe('')
    expect(CATEGORY_ADVICE).toHaveProperty(category)
  }
  expect(new Set(Object.keys(CATEGORY_ADVICE))).toEqual(new Set([...categories, 'unlisted']))
})

test('says more about the codes that stop every call', () => {
  for (const code of ['1001', '1008', '3001']) {
    const { category } = listReturnCodes().find((each) => each.code === code) ?? { category: '' }
    expect(adviceFor(code, category)).not.toEqual(CATEGORY_ADVICE[category])
  }
})

test('has Chinese for what the definition of an endpoint says about a code', () => {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  const advised = apis.flatMap((api) => Object.keys(api.advice).map((code) => ({ api, code })))
  expect(advised.length).toBeGreaterThan(8)
  for (const { api, code } of advised) {
    expect(apiAdvice(api, code)).toEqual({
      en: api.advice[code],
      zh: expect.stringMatching(CHINESE),
    })
  }
  expect(apis.every((api) => apiAdvice(api, '0000') === undefined)).toBe(true)
})

test.each([
  ['success', false, 'not needed', 'not needed'],
  ['refused', true, expect.stringMatching(/^no:/), expect.stringMatching(/^yes/)],
  ['unknown', false, expect.stringMatching(/^only after/), 'no'],
] as const)('says whether to repeat after %s', (kind, mayAskAgain, change, query) => {
  const advice = retryAdvice({ class: kind, mayAskAgain })
  expect(advice).toMatchObject({ change: { en: change }, query: { en: query } })
  expect([advice.change.zh, advice.query.zh, QUERY_AGAIN.zh].every((zh) => CHINESE.test(zh))).toBe(
    true,
  )
})
