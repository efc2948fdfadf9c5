// The gateway of the benches, in its own process: its CPU is not ours. Started by start-gateway.ts.
import { createServer } from 'node:http'

import { makeReplies } from './replies.ts'

const replies = makeReplies(process.argv.slice(2))
const FALLBACK = 'stripe'

const server = createServer((request, response) => {
  const [, key = '', name = ''] = (request.url ?? '').split(/[/?]/)
  const make =
    replies.get(`${key}/${name}`) ??
    replies.get(`${[...replies.keys()][0]?.split('/')[0]}/${FALLBACK}`)
  const reply = make?.()
  request.resume().once('end', () => {
    response.writeHead(200, { ...reply?.headers, 'content-length': reply?.body.length ?? 0 })
    response.end(reply?.body)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.send?.(address.port)
})
process.once('disconnect', () => process.exit())
