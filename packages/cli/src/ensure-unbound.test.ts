import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { bodyOf, serve } from '@internal/testkit/local-server'
import { ProductGateway, type ProductBehaviour } from '@internal/testkit/product-gateway'
import { vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const keys = { own: vectorKey('k1024'), foreign: vectorKey('k3072') }

let folder = ''
let environment: Record<string, string> = {}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-ensure-'))
  writeFileSync(join(folder, 'merchant.pem'), vectorKey('k2048').pkcs8Pem, { mode: 0o600 })
  writeFileSync(join(folder, 'gateway.pem'), keys.own.spkiPem)
  environment = {
    LLPAY_OID_PARTNER: '201304121000001004',
    LLPAY_PRIVATE_KEY_FILE: join(folder, 'merchant.pem'),
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

type Products = Readonly<Record<string, ProductBehaviour>>

/** Runs a command as text and with `--json`, each against its own gateway. */
async function run(products: Products, words: string, ...flags: string[]) {
  const once = async (...more: string[]) => {
    const gateway = new ProductGateway(products, keys)
    await using server = await serve(async (request, response) => {
      const url = String(request.url)
      const reply = await gateway.transport({ url, body: Buffer.from(await bodyOf(request)) })
      response.writeHead(reply.status).end(reply.body)
    })
    const args = ['--user-id', 'customer', ...flags, '--base-url', server.url, ...more]
    const ran = await runCli([...words.split(' '), ...args], environment)
    return { ...ran, gateway }
  }
  const [text, json] = [await once(), await once('--json')]
  expect(text.status).toBe(json.status)
  return { status: json.status, text, object: JSON.parse(json.stdout), gateway: json.gateway }
}

const ensure = (products: Products, ...flags: string[]) =>
  run(products, 'card ensure-unbound', '--no-agree', '2014031710002121', ...flags)

describe('llpay card ensure-unbound', () => {
  test('unbinds a card for every product, and names them', async () => {
    const { status, object, text } = await ensure({
      D: { list: 'listed' },
      P: { list: 'listed' },
      N: { list: 'refused-3010' },
    })
    expect(status).toBe(0)
    expect(object).toEqual({
      ok: true,
      api: 'card.ensure-unbound',
      outcome: 'unbound',
      payTypes: ['D', 'P'],
      evidence: 'signed-reply',
      ret_code: '0000',
      signature: 'verified',
      attempts: 2,
      undecided: ['N'],
    })
    expect(text.stdout).toMatch(/^unbound\npay_type {3}D, P\nevidence {3}signed-reply/)
  })

  test('ends with 0 where no product has the card', async () => {
    const { status, object, text } = await ensure({ 2: { list: 'absent-signed' } })
    expect(status).toBe(0)
    expect(object).toEqual({
      ok: true,
      api: 'card.ensure-unbound',
      outcome: 'not-bound',
      queried: ['2', '3', 'D', 'P', 'M', 'F', 'N'],
      undecided: [],
      evidence: 'unsigned-query',
    })
    expect(text.stdout).toMatch(/^not-bound\nqueried {4}2, 3, D/)
  })

  test('ends with 3 where a product could not be queried', async () => {
    const { status, object, text } = await ensure({ M: { list: 'refused-5601' } })
    expect(status).toBe(3)
    expect(object).toMatchObject({
      ok: false,
      api: 'card.ensure-unbound',
      error: { code: 'ERR_NOT_BOUND', delivered: 'no' },
      outcome: 'not-bound',
      undecided: ['M'],
    })
    expect(text.stderr).toContain('ERR_NOT_BOUND')
  })

  test.each<[number, string, Products]>([
    [4, 'SignatureError', { M: { list: 'forged' }, D: { list: 'listed' } }],
    [5, 'UnknownOutcomeError', { M: { list: 'others' } }],
    [3, 'RejectedError', { D: { list: 'listed', unbind: 'refused' } }],
    [6, 'UnknownOutcomeError', { M: { list: 'others' }, D: { list: 'listed' } }],
  ])('ends with %i for %s', async (status, name, products) => {
    const ended = await ensure(products)
    expect(ended).toMatchObject({ status, object: { ok: false, error: { name } } })
  })

  test('queries and unbinds for the products of --pay-types alone', async () => {
    const { object, gateway } = await ensure(
      { D: { list: 'listed' }, P: { list: 'listed' } },
      '--pay-types',
      'P',
    )
    expect(object).toMatchObject({ payTypes: ['P'] })
    expect([...gateway.unbound]).toEqual(['P'])
  })

  test('takes no pay_type', async () => {
    const { status, object } = await ensure({}, '--pay-type', 'D')
    expect({ status, code: object.error.code }).toEqual({ status: 2, code: 'ERR_CONFIG_USAGE' })
  })
})

describe('llpay card list --all', () => {
  test('prints the cards of all products', async () => {
    const { status, object, text } = await run(
      { 2: { list: 'listed' }, F: { list: 'others' }, N: { list: 'refused-3010' } },
      'card list',
      '--all',
    )
    expect(status).toBe(0)
    expect(object).toEqual({
      ok: true,
      api: 'card.list',
      cards: [
        { no_agree: '2014031710002121', bank_name: 'Bank', pay_type: '2' },
        { no_agree: '2014031710002122', bank_name: 'Bank', pay_type: 'F' },
      ],
      undecided: ['N'],
    })
    expect(text.stdout).toMatch(/2014031710002121 +Bank +2\n.*\nundecided {2}N\n$/)
    expect(text.stderr).toBe('')
  })

  test('prints no cards as none', async () => {
    const { status, object, text } = await run({}, 'card list', '--all')
    expect({ status, cards: object.cards }).toEqual({ status: 0, cards: [] })
    expect(text.stdout).toBe('no cards\n')
  })

  test('ends with an error where one list cannot be had', async () => {
    const { status, object } = await run({ M: { list: 'refused-9999' } }, 'card list', '--all')
    expect({ status, returnCode: object.error.returnCode }).toEqual({
      status: 3,
      returnCode: '9999',
    })
  })
})
