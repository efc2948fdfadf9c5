import { expect, test } from 'vitest'

import { isLianLianHost } from './define-api.ts'

test.each([
  'traderapi.lianlianpay.com',
  'QUERYAPI.LIANLIANPAY.COM',
  'lianlianpay.com',
  'lianlianpay.com.',
  'test.lianlianpay-inc.com',
  'yintong.com.cn',
])('%s is real', (host) => {
  expect(isLianLianHost(host)).toBe(true)
})

test.each(['127.0.0.1', 'lianlianpay.com.example', 'notlianlianpay.com', 'proxy.example', ''])(
  '%j is not',
  (host) => {
    expect(isLianLianHost(host)).toBe(false)
  },
)
