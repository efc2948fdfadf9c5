import { expect, test } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import * as catalogue from '../apis/catalogue.ts'
import { describeParams } from './describe-params.ts'

const endpoints = Object.values(catalogue).flatMap((group) => Object.values(group))

test.each(endpoints.map((api) => [api.id, api] as const))(
  'every parameter of %s is described in words',
  (_, api) => {
    for (const { description, name } of describeParams(api)) {
      expect(description).toMatch(/^[A-Z].{19,}/)
      expect(description).not.toBe(name)
    }
  },
)

test('required parameters are told from optional ones', () => {
  const required = describeParams(unbind).map((each) => [each.name, each.required])
  expect(required).toEqual([
    ['user_id', true],
    ['no_agree', true],
    ['pay_type', false],
    ['platform', false],
  ])
})

test('an endpoint may describe a parameter itself; one that nobody describes has its name', () => {
  const params = { user_id: { description: 'Whose card it is' }, card_no: {} }
  const descriptions = describeParams({ ...unbind, params }).map((each) => each.description)
  expect(descriptions).toEqual(['Whose card it is', 'card_no'])
})
