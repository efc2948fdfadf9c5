import { createPublicKey } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openKeyFolder } from './key-folder.ts'

let folder = ''
const file = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(file(name), 'utf8')
const modeOf = (path: string) => statSync(path).mode & 0o777

const FILES = [
  'gateway-private.pem',
  'gateway-public.pem',
  'merchant-private.pem',
  'merchant-public.pem',
]

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'llpay-keys-')), 'keys')
})

afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

test('makes folder and keys, for their owner only', async () => {
  const { merchant, gateway } = await openKeyFolder(folder)
  expect(modeOf(folder)).toBe(0o700)
  expect(readdirSync(folder).toSorted()).toEqual(FILES)
  for (const name of FILES) expect([name, modeOf(file(name))]).toEqual([name, 0o600])
  expect(read('merchant-private.pem')).toBe(merchant.privateKey)
  expect(read('gateway-public.pem')).toBe(gateway.publicKey)
  expect(await openKeyFolder(folder)).toMatchObject({ merchant, gateway })
})

test('derives a missing public half, and leaves the private one as it is', async () => {
  const { merchant } = await openKeyFolder(folder)
  rmSync(file('merchant-public.pem'))
  expect((await openKeyFolder(folder)).merchant).toEqual(merchant)
  expect(read('merchant-private.pem')).toBe(merchant.privateKey)
  const derived = createPublicKey(merchant.privateKey).export({ type: 'spki', format: 'pem' })
  expect(read('merchant-public.pem')).toBe(derived)
})

test('two that start at the same time use the same keys', async () => {
  const [one, two] = await Promise.all([openKeyFolder(folder), openKeyFolder(folder)])
  expect(one).toEqual(two)
  expect(readdirSync(folder).toSorted()).toEqual(FILES)
})

describe('nothing is overwritten', () => {
  test('a public key without its private one', async () => {
    await openKeyFolder(folder)
    const before = read('merchant-public.pem')
    rmSync(file('merchant-private.pem'))
    await expect(openKeyFolder(folder)).rejects.toMatchObject({
      message: expect.stringContaining('never overwritten'),
      hint: expect.stringContaining("mv '"),
    })
    expect(read('merchant-public.pem')).toBe(before)
    expect(readdirSync(folder)).not.toContain('merchant-private.pem')
  })

  test('a private key that is none', async () => {
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(file('merchant-private.pem'), 'mine', { mode: 0o600 })
    await expect(openKeyFolder(folder)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(read('merchant-private.pem')).toBe('mine')
  })

  test('a public key of another pair', async () => {
    await openKeyFolder(folder)
    writeFileSync(file('merchant-public.pem'), read('gateway-public.pem'))
    await expect(openKeyFolder(folder)).rejects.toMatchObject({
      message: expect.stringContaining('does not belong'),
      hint: expect.stringContaining("mv '"),
    })
    expect(read('merchant-public.pem')).toBe(read('gateway-public.pem'))
  })
})

async function expectRefused(command: string): Promise<void> {
  const error: unknown = await openKeyFolder(folder).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'ERR_CONFIG_INSECURE' })
  expect(error).toHaveProperty('hint', expect.stringContaining(command))
}

describe('unsafe files are refused with the command that fixes them', () => {
  test.each([0o644, 0o640, 0o604, 0o620])('a private key with mode %o', async (mode) => {
    await openKeyFolder(folder)
    chmodSync(file('gateway-private.pem'), mode)
    await expectRefused(`chmod 600 '${file('gateway-private.pem')}'`)
    chmodSync(file('gateway-private.pem'), 0o600)
    await openKeyFolder(folder)
  })

  test('a public key that others can write; that they read it is fine', async () => {
    await openKeyFolder(folder)
    chmodSync(file('gateway-public.pem'), 0o644)
    await openKeyFolder(folder)
    chmodSync(file('gateway-public.pem'), 0o666)
    await expectRefused(`chmod go-w '${file('gateway-public.pem')}'`)
  })

  test('a folder that others can write', async () => {
    await openKeyFolder(folder)
    chmodSync(folder, 0o777)
    await expectRefused(`chmod 700 '${folder}'`)
  })

  test.each(FILES)('%s as a symbolic link, also one that leads nowhere', async (name) => {
    await openKeyFolder(folder)
    renameSync(file(name), join(folder, '..', name))
    symlinkSync(join(folder, '..', name), file(name))
    await expectRefused(`cp --remove-destination "$(readlink -f '${file(name)}')"`)
    rmSync(join(folder, '..', name))
    await expectRefused(file(name))
    expect(readdirSync(join(folder, '..'))).toEqual(['keys'])
  })

  test('a folder that is a symbolic link', async () => {
    const real = join(folder, '..', 'real')
    mkdirSync(real, { mode: 0o700 })
    symlinkSync(real, folder)
    await expectRefused(`readlink -f '${folder}'`)
    expect(readdirSync(real)).toEqual([])
  })
})

test('a file in place of the folder, and a folder in place of a file, are refused', async () => {
  writeFileSync(folder, 'mine')
  await expect(openKeyFolder(folder)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  await expect(openKeyFolder(join(folder, 'below'))).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
  })
  expect(readFileSync(folder, 'utf8')).toBe('mine')
  rmSync(folder)
  mkdirSync(file('merchant-private.pem'), { recursive: true, mode: 0o700 })
  await expect(openKeyFolder(folder)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
})
