import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import { describe, expect, test } from 'vitest'

import { changeSource, choose, never, remove, replace, unwrap } from './changes.ts'
import { MUTATIONS } from './mutations.ts'
import { call, element, member, operand, statement } from './places.ts'

describe('a protection of the catalogue is in one place of the sources', () => {
  test.each(MUTATIONS)('$name', ({ file, in: path, change }) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    expect(changeSource(source, path, [change].flat())).not.toBe(source)
  })
})

test('protections have different names', () => {
  const names = MUTATIONS.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

const SOURCE = `
function send(name: string, count: number) {
  if (count > MAX && name !== '') throw tooMany({ name, count })
  log(Math.min(count, MAX), ['a', 'b'])
  return count > 0 ? name : ''
}
`

describe('a change', () => {
  test.each([
    ['never does', never('MAX'), 'if (false) throw'],
    ['removes an operand', remove(operand('name')), 'count > MAX && true)'],
    ['removes a statement', remove(statement('throw')), "name !== '') ;\n"],
    ['removes a member', remove(member('name')), 'tooMany({  count })'],
    ['removes the last element', remove(element("'b'")), "['a'])"],
    ['unwraps a call', unwrap('min'), 'log(count, ['],
    ['takes a branch', choose('whenFalse', 'count', '0'), "return ''"],
    ['replaces a call', replace(call('log'), 'print()'), '  print()\n'],
  ])('%s', (_, change, expected) => {
    expect(changeSource(SOURCE, 'send', [change])).toContain(expected)
  })

  test.each([
    ['is in no place', never('limit'), /not 0/],
    ['is in two places', remove(statement('count', 'MAX')), /not 2.*\n.*if.*\n.*log/],
  ])('fails if it %s', (_, change, message) => {
    expect(() => changeSource(SOURCE, 'send', [change])).toThrow(message)
  })

  test('fails in a function that is not there', () => {
    expect(() => changeSource(SOURCE, 'receive', [never('MAX')])).toThrow(/receive.*not 0/)
  })
})
