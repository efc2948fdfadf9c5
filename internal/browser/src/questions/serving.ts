import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'

import type { Question } from '@internal/testkit/report'

import { Findings, startWithCard, type PageQuestion, openConsole } from '../page.ts'

/** What the page weighs at most when it is opened, compressed. */
const MAX_BYTES = 60_000

const LOADED = /(?:src|href)="(?<path>\/[^"]+)"/g

/** What needs no browser: how the page is served, and what it weighs. */
export const SERVED_QUESTIONS: readonly Question[] = [
  {
    name: `the page weighs at most ${MAX_BYTES / 1000} kB`,
    ask: async () => {
      await using sandbox = await startWithCard()
      const html = await (await fetch(sandbox.url)).text()
      const paths = [
        '/',
        ...Array.from(html.matchAll(LOADED), ({ groups }) => groups?.['path'] ?? ''),
      ]
      let sum = 0
      for (const path of paths) {
        const body = await (await fetch(sandbox.url + path)).arrayBuffer()
        sum += gzipSync(new Uint8Array(body), { level: 9 }).length
      }
      console.log(`     ${paths.length} files, ${sum} bytes`)
      return sum <= MAX_BYTES ? [] : [`it weighs ${sum} bytes`]
    },
  },
  {
    name: 'the page has strict headers, and no script or style of its own',
    ask: async () => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      const response = await fetch(sandbox.url)
      const policy = response.headers.get('content-security-policy') ?? ''
      found.holds('default-src', policy.includes("default-src 'none'"))
      found.holds('unsafe', !/unsafe|\*|https?:/.test(policy))
      found.holds('frames', policy.includes("frame-ancestors 'none'"))
      found.equal('sniffing', response.headers.get('x-content-type-options'), 'nosniff')
      const html = await response.text()
      found.holds('inline script', !/<script(?![^>]*\bsrc=)[^>]*>/.test(html))
      found.holds('inline style', !/<style|style="/.test(html))
      found.holds('foreign address', !/https?:\/\//.test(html))
      return found.problems
    },
  },
  {
    name: 'another Host does not get the page',
    ask: async () => {
      await using sandbox = await startWithCard()
      const { status } = await requestAs(sandbox.url, 'evil.example')
      return status === 403 ? [] : [`it got ${status ?? 'nothing'}`]
    },
  },
]

async function requestAs(url: string, host: string): Promise<{ status: number | undefined }> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume()
      resolve({ status: response.statusCode })
    })
      .on('error', reject)
      .end()
  })
}

const HOSTILE = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  '\u202Edesrever\u2066\u200B\u0000',
  '"}]}-->{{7*7}}${7*7}',
  'x'.repeat(100_000),
  '\u200B'.repeat(100_000),
]

const MEMBERS = ['user_id', 'no_agree', 'pay_type', 'platform', 'sign', 'extra']

/** What a foreign page tries, as text of its script. */
const attack = (target: string) => `
  const tries = [
    fetch('${target}/_sandbox/requests?after=0').then((r) => 'read ' + r.status),
    fetch('${target}/_sandbox/reset', { method: 'POST', mode: 'no-cors' }).then((r) => r.type === 'opaque' ? 'no' : 'sent'),
    fetch('${target}/_sandbox/cards', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((r) => 'sent ' + r.status),
  ]
  Promise.all(tries.map((each) => each.catch(() => 'no'))).then((all) => { document.title = all.join(',') })
`

/** Values that want to be markup, and pages that want to reach the API. */
export const HOSTILE_QUESTIONS: readonly PageQuestion[] = [
  {
    name: 'hostile values in every member are text, and nothing but text',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const rows = page.getByRole('treeitem', { level: 1 })
      for (const [index, value] of HOSTILE.entries()) {
        await fetch(`${sandbox.url}/bankcardunbind.htm`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            oid_partner: value,
            [value.slice(0, 200)]: value,
            ...Object.fromEntries(MEMBERS.map((name) => [name, value])),
          }),
        })
        await rows.nth(index).waitFor()
        for (const tab of ['Request', 'Signed text', 'Signature', 'Reply', 'Code', 'Timeline']) {
          await page.getByRole('tab', { name: tab, exact: true }).click()
          await page.getByRole('tabpanel').locator('*').first().waitFor()
        }
      }
      found.equal('title', await page.title(), 'llpay console')
      found.equal('images', await page.locator('#app img, #app script').count(), 0)
      const bare = await page.locator('#app').innerText()
      found.holds('an override of the direction is bare', !/[\u202E\u2066\u200B]/.test(bare))
      const size = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.querySelectorAll('*').length,
      ])
      found.holds(`${size.join(' pixels, ')} elements`, (size[0] ?? 0) <= 1280)
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a foreign page cannot reach the API, nor frame the page',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      const server = createServer((_, response) => {
        response.setHeader('content-type', 'text/html')
        response.end(
          `<!doctype html><title>foreign</title><iframe src="${sandbox.url}/"></iframe><script>${attack(sandbox.url)}</script>`,
        )
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const context = await browser.newContext()
      try {
        const page = await context.newPage()
        await page.goto(`http://127.0.0.1:${port}/`)
        await page.waitForFunction(() => document.title !== 'foreign')
        found.equal('what the page reached', await page.title(), 'no,no,no')
        const framed = page.frames().find((frame) => frame.url().startsWith(sandbox.url))
        const inside = framed === undefined ? 0 : await framed.locator('#app').count()
        found.equal('frames with the console', inside, 0)
      } finally {
        await context.close()
        server.close()
      }
      found.equal('cards', sandbox.state.cards.size, 1)
      return found.problems
    },
  },
]
