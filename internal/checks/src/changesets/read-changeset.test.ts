import { expect, test } from 'vitest'

import { readChangeset } from './read-changeset.ts'

test.each([
  ["---\n'@llpay/core': minor\n'@llpay/node': patch\n---\n\nUnbind a card.\n", 2, 'Unbind a card.'],
  ['---\r\n"@llpay/core": major\r\n---\r\n\r\nMore.\r\n', 1, 'More.'],
  ['---\n---\n\nNothing to release.\n', 0, 'Nothing to release.'],
  ["---\n'@llpay/core': huge\n---\n\nText.\n", 0, 'Text.'],
  ['Just text.', 0, ''],
])('reads %j', (text, names, summary) => {
  const changeset = readChangeset(text)
  expect(changeset.names).toHaveLength(names)
  expect(changeset.summary).toBe(summary)
})
