import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

import { listenLocally, withSign } from '@internal/vectors'

import { keys } from '../merchant.ts'

// Usage: gateway.ts, started with a channel. It has every card of one customer bound until it is
// unbound. Its signatures are made once: a success is always the same, and rows are not signed.

/** The customer of every card. */
export const USER_ID = 'u'

function serve(): void {
  const pem = keys().gateway.pkcs8Pem
  const signed = (members: Record<string, string>) =>
    withSign({ ret_code: '0000', sign_type: 'RSA', ...members }, pem)
  const done = JSON.stringify(signed({}))
  const gone = JSON.stringify(signed({ user_id: USER_ID, count: '0' }))
  const listed = signed({ user_id: USER_ID, count: '1' })
  const unbound = new Set<string>()
  const server = createServer((request, response) => {
    const answer = async () => {
      const { no_agree = '' }: Record<string, string> = JSON.parse(await text(request))
      if (request.url === '/bankcardunbind.htm') {
        unbound.add(no_agree)
        response.end(done)
      } else if (unbound.has(no_agree)) response.end(gone)
      else response.end(JSON.stringify({ ...listed, agreement_list: [{ no_agree }] }))
    }
    void answer()
  })
  void listenLocally(server, 'http').then(({ url }) => process.send?.(url))
  process.once('disconnect', () => process.exit())
}

if (process.send !== undefined) serve()
