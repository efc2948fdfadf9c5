import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { bodyOf, serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

const EXAMPLE = fileURLToPath(new URL('../../../examples/node/otel.ts', import.meta.url))
const gateway = vectorKey('k1024')
const [GOOD, BROKEN] = ['2014031710002121', '2014031710009999']

interface Span {
  readonly id: number
  readonly parent: number | null
  readonly name: string
  readonly status: number
  readonly attributes: Record<string, unknown>
  readonly events: readonly Record<string, unknown>[]
}

const signed = (members: Record<string, string>) =>
  JSON.stringify(withSign({ ...members, sign_type: 'RSA' }, gateway.pkcs8Pem))

/** Runs the example in a separate process, and reads the spans that it printed. */
async function runExample(baseUrl: string, agreements: readonly string[]): Promise<Span[]> {
  const folder = await mkdtemp(join(tmpdir(), 'llpay-otel-'))
  const files = { own: join(folder, 'own.pem'), gateway: join(folder, 'gateway.pem') }
  await writeFile(files.own, vectorKey('k2048').pkcs8Pem, { mode: 0o600 })
  await writeFile(files.gateway, gateway.spkiPem)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@llpay/source', EXAMPLE, ...agreements],
    {
      env: {
        PATH: process.env['PATH'],
        LLPAY_OID_PARTNER: '201304121000001004',
        LLPAY_PRIVATE_KEY_FILE: files.own,
        LLPAY_GATEWAY_KEY_FILE: files.gateway,
        LLPAY_BASE_URL: baseUrl,
      },
    },
  )
  await rm(folder, { recursive: true })
  return stdout
    .trim()
    .split('\n')
    .map((line): Span => JSON.parse(line))
}

test('the example separates two concurrent calls, and shows none of their values', async () => {
  await using server = await serve(async (request, response) => {
    const body = await bodyOf(request)
    if (request.url === '/bankcardunbind.htm' && body.includes(BROKEN)) {
      request.socket.destroy()
    } else if (request.url === '/bankcardunbind.htm') {
      response.end(signed({ ret_code: '0000' }))
    } else {
      response.end(JSON.stringify({ ret_code: '1001', ret_msg: 'no' }))
    }
  })
  // Without a list that can be had, the outcome stays unknown.
  const spans = await runExample(server.url, [GOOD, BROKEN])
  const [fine, broken] = spans
    .filter(({ name }) => name === 'unbind')
    .toSorted((a, b) => a.id - b.id)
  const below = (parent: Span | undefined) => spans.filter((span) => span.parent === parent?.id)

  expect([fine?.parent, fine?.status]).toEqual([null, 0])
  expect(fine?.events).toEqual([
    {
      name: 'llpay verification',
      'llpay.api': 'card.unbind',
      'llpay.attempt': 1,
      'llpay.signature': 'verified',
      'llpay.return_code': '0000',
    },
  ])
  expect(below(fine)).toHaveLength(1)
  expect(below(fine)[0]).toMatchObject({
    name: 'llpay request',
    status: 0,
    attributes: { 'llpay.api': 'card.unbind', 'llpay.status': 200 },
  })

  expect(broken?.status).toBe(2)
  expect(below(broken)[0]).toMatchObject({
    name: 'llpay request',
    status: 2,
    attributes: { 'llpay.code': 'ERR_TRANSPORT_CLOSED', 'llpay.delivered': 'unknown' },
  })
  expect(broken?.events.map(({ name }) => name)).toContain('llpay settlement')
  expect(JSON.stringify(spans)).not.toMatch(/20140317|1234567\b|2013041210/)
})
