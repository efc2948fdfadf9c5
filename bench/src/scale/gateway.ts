// A gateway in its own process, started by start-gateway.ts. Every card is bound until it is
// unbound. Its signatures are made once: a success is always the same, and rows are not signed.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

import { listenLocally } from '@internal/testkit/local-server'
import { merchantKeys, withSign } from '@internal/testkit/signing'

import { USER_ID } from './merchant.ts'

const pem = merchantKeys().gateway.pkcs8Pem
const signed = (members: Record<string, string>) =>
  withSign({ ret_code: '0000', sign_type: 'RSA', ...members }, pem)

const done = JSON.stringify(signed({}))
const gone = JSON.stringify(signed({ user_id: USER_ID, count: '0' }))
const listed = signed({ user_id: USER_ID, count: '1' })
const unbound = new Set<string>()

async function answerTo(url: string | undefined, body: Promise<string>): Promise<string> {
  const { no_agree = '' }: Record<string, string> = JSON.parse(await body)
  if (url === '/bankcardunbind.htm') {
    unbound.add(no_agree)
    return done
  }
  return unbound.has(no_agree)
    ? gone
    : JSON.stringify({ ...listed, agreement_list: [{ no_agree }] })
}

const server = createServer((request, response) => {
  void answerTo(request.url, text(request)).then((answer) => response.end(answer))
})
const { url } = await listenLocally(server, 'http')
process.send?.(url)
process.once('disconnect', () => process.exit())
