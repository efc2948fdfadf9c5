import { expect, test } from 'vitest'

import { KIND_SUMMARIES, NOTIFICATION_MEMBERS } from './describe-notification.ts'
import { NOTIFICATIONS } from './kinds.ts'

test('every member of every kind is described, and nothing else', () => {
  const names = Object.values(NOTIFICATIONS).flatMap(({ fields }) => Object.keys(fields))
  expect(new Set(Object.keys(NOTIFICATION_MEMBERS))).toEqual(new Set(names))
})

test('in both languages', () => {
  const texts = [...Object.values(KIND_SUMMARIES), ...Object.values(NOTIFICATION_MEMBERS)]
  expect(texts.filter(({ en, zh }) => en === '' || !/[\u4e00-\u9fff]/.test(zh))).toEqual([])
})
