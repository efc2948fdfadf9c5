import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestClock } from '../clock.ts'
import type { JournalEntry } from '../journal/journal.ts'
import type { SandboxCard } from '../state/sandbox-cards.ts'
import { startSandbox, type StartSandboxOptions } from './start-sandbox.ts'

const card: SandboxCard = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' }
const call = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' }

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-start-sandbox-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const nothing = () => undefined

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const start = (options: StartSandboxOptions = {}) => startSandbox({ cards: [card], ...options })

test('one line starts it: a client unbinds its card', async () => {
  await using sandbox = await start()
  const client = await sandbox.client()
  expect(await client.card.unbind(call)).toMatchObject({ outcome: 'unbound' })
  expect(sandbox.state.cards.size).toBe(0)
  expect(sandbox.requests).toMatchObject([{ api: 'card.unbind', ret_code: '0000' }])
})

test('a lost reply is settled, and without settlement the outcome is unknown', async () => {
  await using sandbox = await start()
  const client = await sandbox.client({ settle: 'always' })
  sandbox.state.play('close-after', { api: 'card.unbind', next: 1 })
  expect(await client.card.unbind(call)).toMatchObject({ evidence: 'unsigned-query' })
  sandbox.state.cards.bind(card)
  sandbox.state.play('close-before')
  const hasty = await sandbox.client({ settle: 'never' })
  await expect(hasty.card.unbind(call)).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
})

test('with a test clock, slow replies and settlement take no time', async () => {
  const clock = createTestClock()
  await using sandbox = await start({ clock })
  sandbox.state.play('slow:4000', { next: 1 })
  const client = await sandbox.client({ settle: 'always' })
  expect(await client.card.unbind(call)).toMatchObject({ outcome: 'unbound' })
  const slow = sandbox.requests.find(({ scenario }) => scenario === 'slow:4000')
  expect(slow).toMatchObject({ at: 0, durationMs: 4000 })
  sandbox.state.cards.bind(card)
  sandbox.state.play('close-before', 'card.unbind')
  await expect(client.card.unbind(call)).rejects.toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    lastSeen: 'listed',
  })
})

test('with a test clock, a call times out when the test says so', async () => {
  const clock = createTestClock()
  await using sandbox = await start({ clock })
  sandbox.state.play('slow:60000')
  const client = await sandbox.client({ settle: 'never' })
  const unknown = client.card.unbind(call).catch((error: unknown) => error)
  // The card is unbound, and the reply waits.
  while (sandbox.state.cards.size > 0) await new Promise((later) => setImmediate(later))
  clock.elapse(30_000)
  expect(await unknown).toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    cause: { code: 'ERR_TRANSPORT_TIMEOUT' },
  })
})

test('the variables point other programs at it', async () => {
  await using sandbox = await start({ oidPartner: '201304121000001005' })
  expect(sandbox.env).toEqual({
    LLPAY_BASE_URL: sandbox.url,
    LLPAY_OID_PARTNER: '201304121000001005',
    LLPAY_PRIVATE_KEY: sandbox.keys.merchant.privateKey,
    LLPAY_GATEWAY_KEY: sandbox.keys.gateway.publicKey,
  })
  const response = await fetch(`${sandbox.url}/_sandbox/env`)
  const { merchant, gateway } = sandbox.keys
  expect(await response.json()).toEqual({
    env: sandbox.env,
    keys: { merchant: merchant.publicKey, gateway: gateway.publicKey },
  })
})

test('sandboxes of a process share keys, and nothing else', async () => {
  await using one = await start()
  await using two = await start()
  expect(one.keys).toEqual(two.keys)
  expect(one.url).not.toBe(two.url)
  one.state.cards.unbind(card)
  expect(two.state.cards.size).toBe(1)
})

test('keeps keys in a folder, and names their files', async () => {
  const keys = join(folder, 'kept')
  const first = await start({ keys })
  await first[Symbol.asyncDispose]()
  await using second = await start({ keys })
  expect(second.keys).toEqual(first.keys)
  expect(second.env).toMatchObject({
    LLPAY_PRIVATE_KEY_FILE: join(keys, 'merchant-private.pem'),
    LLPAY_GATEWAY_KEY_FILE: join(keys, 'gateway-public.pem'),
  })
  const client = await second.client()
  expect(await client.card.unbind(call)).toMatchObject({ outcome: 'unbound' })
})

test('a merchant signs with its own key', async () => {
  const own = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const oidPartner = '201304121000001005'
  const publicKey = own.publicKey.toString('base64')
  await using sandbox = await start({
    merchants: [{ oidPartner, publicKey }],
    cards: [{ ...card, oid_partner: oidPartner }],
  })
  const client = await sandbox.client({ oidPartner, privateKey: own.privateKey })
  expect(await client.card.unbind(call)).toMatchObject({ outcome: 'unbound' })
})

test.each([
  [{ oidPartner: '1' }, 'ERR_CONFIG_INVALID'],
  [{ journal: 0 }, 'ERR_CONFIG_INVALID'],
  [{ host: '192.0.2.1' }, 'ERR_CONFIG_INVALID'],
  [{ merchants: [{ oidPartner: '201304121000001005', publicKey: 'nope' }] }, 'ERR_KEY_INVALID'],
])('%j is refused', async (options, code) => {
  await expect(start(options)).rejects.toMatchObject({ code })
})

test.each<[string, StartSandboxOptions, string]>([
  ['an address that is empty, and would be every one', { host: '' }, 'host is empty'],
  ['a folder of keys that is empty, and would be the current one', { keys: '' }, 'keys is empty'],
  ['a state file without a name', { stateFile: '' }, 'stateFile is empty'],
  ['a port above 65535', { port: 65_536 }, 'port must be'],
  ['a port below 0', { port: -1 }, 'port must be'],
  ['a port that is not whole', { port: 80.5 }, 'port must be'],
])('%s is refused', async (_, options, message) => {
  await expect(start(options)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining(message),
  })
})

test('an address that means every address is called by the loopback one', async () => {
  await using sandbox = await start({ host: '0.0.0.0' })
  expect(new URL(sandbox.url).hostname).toBe('127.0.0.1')
  const client = await sandbox.client()
  expect(await client.card.unbind(call)).toMatchObject({ outcome: 'unbound' })
})

test('a port that is taken is an error that says what to do', async () => {
  await using sandbox = await start()
  const port = Number(new URL(sandbox.url).port)
  await expect(start({ port })).rejects.toMatchObject({
    message: expect.stringContaining('the port is in use'),
    hint: expect.stringContaining('port 0'),
  })
})

describe('the state file', () => {
  test('keeps cards across restarts, each change before its response', async () => {
    const stateFile = join(folder, 'state.json')
    const first = await start({ stateFile })
    const client = await first.client()
    const { fields } = await client.card.applyBind({
      user_id: 'u-2',
      pay_type: 'D',
      card_no: '6228480402564890018',
      acct_name: '张三',
      bind_mob: '13800000000',
      id_type: '0',
      id_no: '330101199001010000',
      risk_item: { frms_ware_category: '2009' },
    })
    await client.card.verifyBind({ user_id: 'u-2', token: fields.token, verify_code: '123456' })
    await client.card.unbind(call)
    const kept = { version: 1, cards: first.state.cards.list() }
    expect(kept.cards).toMatchObject([{ user_id: 'u-2', bank_code: '01030000' }])
    expect(readJson(stateFile)).toEqual(kept)
    await first[Symbol.asyncDispose]()

    await using second = await start({ stateFile })
    expect(second.state.cards.list()).toEqual(kept.cards)
    const again = await (await second.client()).card.unbind(call).catch((error: unknown) => error)
    expect(again).toMatchObject({ returnCode: '3003' })
  })

  test('many changes at once end in one whole file', async () => {
    const stateFile = join(folder, 'many.json')
    await using sandbox = await start({ stateFile, cards: [] })
    const bind = (index: number) =>
      fetch(`${sandbox.url}/_sandbox/cards`, {
        method: 'POST',
        body: JSON.stringify({ user_id: 'u', no_agree: String(index) }),
        headers: { 'content-type': 'application/json' },
      })
    await Promise.all(Array.from({ length: 50 }, (_, index) => bind(index)))
    expect(readJson(stateFile)).toEqual({ version: 1, cards: sandbox.state.cards.list() })
    expect(sandbox.state.cards.size).toBe(50)
  })

  test.each(['', '{', '[]', '{"version":2,"cards":[]}', '{"version":1,"cards":[{"user_id":"u"}]}'])(
    'a file that holds %j is refused, and kept as it is',
    async (content) => {
      const stateFile = join(folder, 'foreign.json')
      writeFileSync(stateFile, content)
      await expect(start({ stateFile })).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
      expect(readFileSync(stateFile, 'utf8')).toBe(content)
    },
  )

  test('a folder that cannot be written in is refused', async () => {
    const stateFile = join(folder, 'missing', 'state.json')
    await expect(start({ stateFile })).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  })
})

/** Sends bytes, and reads until the connection is closed. */
async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

const statusOf = (response: string) => Number(response.split(' ')[1])

describe('over a socket', () => {
  test.each([
    ['localhost', 200],
    ['LOCALHOST', 200],
    ['LocalHost:8090', 200],
    ['127.0.0.1', 200],
    ['127.1.2.3:80', 200],
    ['[::1]:8090', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['evil.example:8090', 403],
    ['a b', 403],
    ['127.0.0.1:', 403],
    ['user@127.0.0.1', 403],
    ['', 403],
  ])('a Host of %j is %i, at endpoints and the control API', async (host, status) => {
    await using sandbox = await start()
    const head = `HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`
    const control = await sendRaw(sandbox.url, `GET /_sandbox/health ${head}\r\n`)
    expect(statusOf(control)).toBe(status)
    const post = `POST /bankcardunbind.htm ${head}Content-Length: 2\r\n\r\n{}`
    expect(statusOf(await sendRaw(sandbox.url, post))).toBe(status)
    expect(sandbox.requests).toMatchObject([{ status }])
  })

  test('an absolute target does not stand in for the Host', async () => {
    await using sandbox = await start()
    const target = `GET ${sandbox.url}/_sandbox/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
    expect(statusOf(await sendRaw(sandbox.url, target))).toBe(403)
  })

  test.each(['close-before', 'close-after'] as const)(
    '%s closes without a byte',
    async (scenario) => {
      await using sandbox = await start()
      sandbox.state.play(scenario)
      const bytes =
        'POST /bankcardunbind.htm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}'
      const received = await sendRaw(sandbox.url, bytes).catch((error: unknown) => String(error))
      expect(received).toMatch(/^$|ECONNRESET/)
      expect(sandbox.requests).toMatchObject([{ status: null, scenario }])
    },
  )

  test.each([
    ['announced', { 'content-length': 100 * 1024 * 1024 }],
    ['in chunks', {}],
  ])('a body of 100 MB, %s, is refused while it is read', async (_, headers) => {
    await using sandbox = await start()
    const sent = request(`${sandbox.url}/bankcardunbind.htm`, { method: 'POST', headers })
    // The rest cannot be sent any more: that is the point.
    sent.on('error', () => undefined)
    const responded: Promise<[IncomingMessage]> = new Promise((resolve) => {
      sent.once('response', (response) => resolve([response]))
    })
    let written = 0
    const chunk = Buffer.alloc(65_536, ' ')
    const write = () => {
      written += chunk.length
      if (written < 100e6 && !sent.destroyed) sent.write(chunk, () => setImmediate(write))
    }
    write()
    const [response] = await responded
    expect(response.statusCode).toBe(413)
    expect(written).toBeLessThan(50e6)
    sent.destroy()
    expect(sandbox.requests).toMatchObject([{ status: 413, api: 'card.unbind' }])
  })

  test('a client that goes away in the middle of its body is a dropped request', async () => {
    let arrived: (entry: JournalEntry) => void = nothing
    const recorded = new Promise<JournalEntry>((resolve) => {
      arrived = resolve
    })
    await using sandbox = await start({ onRequest: (entry) => arrived(entry) })
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
    await once(socket, 'connect')
    const head =
      'POST /bankcardunbind.htm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{"user'
    socket.write(head, () => socket.destroy())
    expect(await recorded).toMatchObject({ status: null, ret_code: null })
  })

  test('closing ends what waits, and streams of events', async () => {
    let fallAsleep: () => void = nothing
    const asleep = new Promise<void>((resolve) => {
      fallAsleep = resolve
    })
    const sandbox = await start({
      clock: {
        now: () => 0,
        sleep: (_, signal) =>
          new Promise((resolve) => {
            signal?.addEventListener('abort', () => resolve())
            fallAsleep()
          }),
      },
    })
    const events = await fetch(`${sandbox.url}/_sandbox/events`)
    sandbox.state.play('late')
    const client = await sandbox.client({ settle: 'never', clock: undefined })
    const lost = client.card.unbind(call).catch((error: unknown) => error)
    await asleep
    await sandbox[Symbol.asyncDispose]()
    expect(await lost).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
    await expect(events.text()).rejects.toThrow(TypeError)
    expect(sandbox.state.cards.size).toBe(1)
  })
})
