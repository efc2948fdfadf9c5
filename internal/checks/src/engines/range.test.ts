import { expect, test } from 'vitest'

import { inRange } from './range.ts'

// Expectations: npm's semver 7.
test.each([
  ['>=20', true],
  ['>= 20.19', true],
  ['>=20.19.1', false],
  ['>20', false],
  ['>20.19', false],
  ['>20.18', true],
  ['<20.19', false],
  ['<=20.19', true],
  ['<=20', true],
  ['20', true],
  ['20.x', true],
  ['20.19', true],
  ['20.19.*', true],
  ['=20.19.0', true],
  ['v20.19.0', true],
  ['20.18', false],
  ['^20.19.0', true],
  ['^20.20.0', false],
  ['^22', false],
  ['~20', true],
  ['~20.18', false],
  ['~20.19.0', true],
  ['^18.17.0 || >=20.5.0', true],
  ['^20.17.0 || >=22.9.0', true],
  ['^18 || >=22.12', false],
  ['>=18 <20', false],
  ['>=18 <21', true],
  ['14 || >=16.14', true],
  ['*', true],
  ['', true],
])('20.19.0 in "%s": %s', (range, expected) => {
  expect(inRange([20, 19, 0], range)).toBe(expected)
})

test.each(['18 - 22', 'lts', '>=20.0.0-rc.1', '^0.10', '>=20,<22'])('"%s" is refused', (range) => {
  expect(() => inRange([20, 19, 0], range)).toThrow('cannot read the range')
})
