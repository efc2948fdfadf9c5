import { expect, test } from 'vitest'

import { SandboxCards } from './sandbox-cards.ts'

test.each([
  ['no customer', '{"no_agree":"1"}', 'user_id'],
  ['an empty customer', '{"user_id":"","no_agree":"1"}', 'user_id'],
  ['no agreement', '{"user_id":"u-1"}', 'no_agree'],
  ['a number for the agreement', '{"user_id":"u-1","no_agree":1}', 'no_agree'],
])('a card with %s is refused', (_, card, name) => {
  const cards = new SandboxCards('201304121000001004')
  expect(() => cards.bind(JSON.parse(card))).toThrow(`A card needs ${name}`)
  expect(cards.size).toBe(0)
})
