import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { unbind } from './card/unbind.ts'
import * as catalogue from './catalogue.ts'
import { describeApi, describeMember, describeParams } from './describe.ts'

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

test('required parameters are distinguished from optional ones', () => {
  const required = describeParams(unbind).map((each) => [each.name, each.required])
  expect(required).toEqual([
    ['user_id', true],
    ['no_agree', true],
    ['pay_type', false],
    ['platform', false],
  ])
})

test('an endpoint may describe a parameter itself; one that nobody describes has its name', () => {
  const params = { user_id: { description: 'Whose card it is' }, own_member: {} }
  const descriptions = describeParams({ ...unbind, params }).map((each) => each.description)
  expect(descriptions).toEqual(['Whose card it is', 'own_member'])
})

const plain = (comment: string) => comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim()

/** The doc comments in a definition, in front of the members of `params`. */
function commentsOf(id: string): Map<string, string> {
  const [, name = ''] = id.split('.')
  const source = readFileSync(new URL(`./card/${name}.ts`, import.meta.url), 'utf8')
  const params = source.slice(source.indexOf('  params: {'), source.indexOf('  reply: {'))
  const members = params.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\n\s+(\w+): (?:\{|\w+,)/g)
  return new Map(Array.from(members, ([, comment = '', member = '']) => [member, plain(comment)]))
}

test.each(endpoints.map((api) => [api.id, api] as const))(
  'what a hover shows of the parameters of %s is what the help says',
  (id, api) => {
    const comments = commentsOf(id)
    for (const { name, description } of describeParams(api)) {
      expect([name, comments.get(name)]).toEqual([name, `${description}.`])
    }
  },
)

test.each(endpoints.map((api) => [api.id, api] as const))(
  '%s is described in Chinese too',
  (_, api) => {
    const texts = [
      describeApi(api, 'zh'),
      ...describeParams(api, 'zh').map(({ description }) => description),
      ...Object.keys(api.reply).map((name) => describeMember(name, 'zh')),
    ]
    for (const text of texts) expect(text).toMatch(/\p{Script=Han}/u)
  },
)
