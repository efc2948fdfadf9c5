import { expect, test } from 'vitest'

import { ArmedScenarios } from './armed-scenarios.ts'
import { parseScenario, scenarioNames } from './parse-scenario.ts'
import { SCENARIOS } from './scenarios.ts'

const open = (random = () => 0.5) => new ArmedScenarios(random)

const names = (armed: ArmedScenarios, count: number, target = { api: 'card.unbind' }) =>
  Array.from({ length: count }, () => armed.take(target)?.text ?? 'normal')

test('every request, until something else is armed for the same target', () => {
  const armed = open()
  armed.arm('slow', {})
  expect(names(armed, 2)).toEqual(['slow', 'slow'])
  armed.arm('html', {})
  expect(names(armed, 2)).toEqual(['html', 'html'])
  expect(armed.list()).toMatchObject([{ scenario: 'html' }])
})

test('the next N requests, in the order they were armed, then what is armed for every request', () => {
  const armed = open()
  armed.arm('unsigned', {})
  armed.arm('close-after', { next: 2 })
  armed.arm('code:9999', { next: 1 })
  expect(names(armed, 5)).toEqual([
    'close-after',
    'close-after',
    'code:9999',
    'unsigned',
    'unsigned',
  ])
})

test('shows what is left of next', () => {
  const armed = open()
  armed.arm('html', { next: 3 })
  armed.take({ api: 'card.list' })
  expect(armed.list()).toEqual([{ id: 1, scenario: 'html', next: 2 }])
})

test.each([
  ['an endpoint', { api: 'card.unbind' }, { api: 'card.list' }],
  ['a customer', { user_id: 'u-1' }, { api: 'card.unbind', user_id: 'u-2' }],
  ['an agreement', { no_agree: '1' }, { api: 'card.unbind', no_agree: '2' }],
])('only for %s', (_, target, elsewhere) => {
  const armed = open()
  armed.arm('html', target)
  expect(armed.take({ api: 'card.unbind', ...target })?.name).toBe('html')
  expect(armed.take(elsewhere)).toBeUndefined()
})

test('the most specific target wins', () => {
  const armed = open()
  armed.arm('html', { user_id: 'u-1', no_agree: '1' })
  armed.arm('slow', { api: 'card.unbind' })
  armed.arm('unsigned', {})
  const request = { api: 'card.unbind', user_id: 'u-1', no_agree: '1' }
  expect(armed.take(request)?.name).toBe('html')
  expect(armed.take({ api: 'card.unbind' })?.name).toBe('slow')
  expect(armed.take({ api: 'card.list' })?.name).toBe('unsigned')
})

test('a percentage of the requests, by the given chance; the others fall through', () => {
  const draws = [0.1, 0.29, 0.3, 0.9]
  const armed = open(() => draws.shift() ?? 1)
  armed.arm('close-before', { percent: 30 })
  expect(names(armed, 4)).toEqual(['close-before', 'close-before', 'normal', 'normal'])
})

test.each([
  ['a name that is misspelt', { nex: 1 }, /^A scenario takes api, user_id/],
  ['a customer that is not text', JSON.parse('{"user_id":5}'), /^user_id must be text/],
])('%s is refused, which would play for every request', (_, options, message) => {
  expect(() => open().arm('html', options)).toThrow(message)
})

test('disarms one, those of a target, or all', () => {
  const armed = open()
  const { id } = armed.arm('html', { api: 'card.list' })
  armed.arm('slow', { api: 'card.unbind' })
  expect(armed.disarm(id)).toBe(true)
  expect(armed.disarm(id)).toBe(false)
  armed.disarmTarget({ api: 'card.unbind' })
  expect(armed.list()).toEqual([])
})

test.each([
  'close-aftr',
  '',
  'toString',
  '__proto__',
  'status:abc',
  'status:199',
  'status:600',
  'status:99',
  'status-after:',
  'slow:-1',
  'slow:1.5',
  'slow:1e3',
  'slow:',
  'late:abc',
  'late:9999999999',
  'code:99',
  'code:9999:nope',
  'code:',
  'html:1',
  'normal:',
  ' html',
])('refuses %j at once', (text) => {
  expect(() => open().arm(text, {})).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
  )
})

test.each([
  { api: 'card.nope' },
  { api: '' },
  { next: 0 },
  { next: 1.5 },
  { next: -1 },
  { next: Number.NaN },
  { percent: 0 },
  { percent: 101 },
  { percent: Number.NaN },
])('refuses %j at once', (options) => {
  expect(() => open().arm('html', options)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
  )
})

test('the names of the first edition keep working', () => {
  const first =
    'usual close-before close-after slow slow:5000 late:3000 tampered unsigned wrong-key other-user code:9999 code:4000:signed code:4000:forged status:503 status-after:502 html truncated duplicate'
  for (const text of first.split(' ')) expect(() => parseScenario(text)).not.toThrow()
  expect(parseScenario('usual')).toEqual({ text: 'normal', name: 'normal', argument: '' })
})

test('every name has a play', () => {
  expect(Object.keys(SCENARIOS).toSorted()).toEqual(scenarioNames().toSorted())
})
