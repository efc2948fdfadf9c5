import { Readable } from 'node:stream'

import { describe, expect, test } from 'vitest'

import type { Row } from './open-input.ts'
import { parseFormat, readRows } from './read-rows.ts'

async function read(text: string | Uint8Array, given?: string, size = 7): Promise<Row[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
  const input = { chunks: Readable.from(chunks) }
  const rows: Row[] = []
  for await (const row of readRows(input, parseFormat(given))) rows.push(row)
  return rows
}

const expectRefused = (text: string | Uint8Array, pattern: RegExp, format?: string) =>
  expect(read(text, format)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringMatching(pattern),
  })

describe('CSV', () => {
  test('quotes, empty cells, Windows line ends and a byte order mark', async () => {
    const text = '\uFEFFuser_id,no_agree,pay_type,ref\r\nu,1,,"a ""b"", c"\r\n张,2,D,\r\n'
    expect(await read(text)).toEqual([
      { line: 2, bytes: 50, value: { user_id: 'u', no_agree: '1', ref: 'a "b", c' } },
      { line: 3, bytes: 60, value: { user_id: '张', no_agree: '2', pay_type: 'D' } },
    ])
  })

  test('a row is reported where it stands, behind empty lines and cells of several lines too', async () => {
    const text =
      '\nuser_id,no_agree,ref\n\n\nu,4,x\n"v\n\nw",5,"a\nb"\n\nx,10,y\n\n"1\n2",12,z\nlast,14,z'
    const lines = [5, 6, 11, 13, 15]
    for (const size of [1, 7, 1_000]) {
      expect((await read(text, 'csv', size)).map(({ line }) => line)).toEqual(lines)
    }
  })

  test('digits stay the digits they are', async () => {
    const [row] = await read('user_id,no_agree\n007,2014031710002121000000')
    expect(row?.value).toEqual({ user_id: '007', no_agree: '2014031710002121000000' })
  })

  test('blanks around a cell are layout; other white space stays, to be refused', async () => {
    const text =
      'user_id, no_agree , pay_type,ref\nu, 2014 ,  ," a b "\nu,2014\t, D,\nu,\u00a02014,\u3000D,\n'
    expect((await read(text)).map(({ value }) => value)).toEqual([
      { user_id: 'u', no_agree: '2014', ref: 'a b' },
      { user_id: 'u', no_agree: '2014\t', pay_type: 'D' },
      { user_id: 'u', no_agree: '\u00a02014', pay_type: '\u3000D' },
    ])
  })

  test.each([
    ['user_id,pat_type,no_agree\n1,D,2', /pay_type/],
    ['user_id;no_agree\n1;2', /commas/],
    ['user_id,no_agree,user_id\n1,2,3', /twice/],
    ['user_id,no_agree\n1,2,3', /line/],
    ['user_id,no_agree\n"1,2\n3,4', /quote/],
    ['', /is empty/],
  ])('%j is refused', async (text, pattern) => {
    await expectRefused(text, pattern)
  })

  test.each([
    ['a quote that is not closed', '5,"torn\n6,7\n'],
    ['a cell too few', '5\n6,7\n'],
    ['a cell too many', '5,6,7\n6,7\n'],
    ['text behind a quote', '"5"x,6\n6,7\n'],
    ['a line without end', `${'x'.repeat(70_000)},1\n6,7\n`],
  ])('every line before %s is read, and none behind it', async (_, rest) => {
    const bytes = Buffer.from(`user_id,no_agree\n1,2\n3,4\n${rest}`)
    for (const size of [3, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      const rows = readRows({ chunks: Readable.from(chunks) }, 'csv')
      expect((await rows.next()).value).toMatchObject({ value: { user_id: '1' } })
      expect((await rows.next()).value).toMatchObject({ value: { user_id: '3' } })
      await expect(rows.next()).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        message: expect.stringMatching(/line/),
      })
    }
  })

  test('what is not UTF-8 is refused', async () => {
    await expectRefused(Buffer.from([0x75, 0x73, 0xd5, 0xc5, 0x2c]), /UTF-8/)
    await expectRefused(Buffer.from('\uFEFFuser_id,no_agree', 'utf16le'), /UTF-8/)
  })
})

describe('NDJSON', () => {
  test('a job per line; what is none stays to be refused', async () => {
    const text = '{"user_id":"u","no_agree":"1"}\n\n{"user_id":"u","user_id":"v"}\n[1]\n{"a":1}'
    expect(await read(text)).toEqual([
      { line: 1, bytes: 31, value: { user_id: 'u', no_agree: '1' } },
      { line: 3, bytes: 62, value: undefined },
      { line: 4, bytes: 66, value: undefined },
      { line: 5, bytes: 73, value: { a: 1 } },
    ])
  })

  test('a value is taken as it stands, blanks too', async () => {
    const [row] = await read('{"user_id":" u","no_agree":"1 "}')
    expect(row?.value).toEqual({ user_id: ' u', no_agree: '1 ' })
  })

  test('a line without end is not kept', async () => {
    const rows = await read(`{"a":"${'x'.repeat(100_000)}"}\n{"b":1}\n`, 'ndjson', 1_000)
    expect(rows).toMatchObject([
      { line: 1, value: undefined },
      { line: 2, value: { b: 1 } },
    ])
  })
})
