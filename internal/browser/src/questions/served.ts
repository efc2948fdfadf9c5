import { gzipSync } from 'node:zlib'

import type { Question } from '@internal/testkit/report'

import { Findings } from '../ask-page.ts'
import { startWithCard } from '../context.ts'

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
