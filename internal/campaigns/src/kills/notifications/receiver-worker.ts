import { createServer } from 'node:http'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import { createNotificationHandler, toNodeListener } from '@llpay/node'

import { openStore } from './stores.ts'

// A receiver that is killed: it tidies nothing up. A lease ends only when the campaign says so, after the
// death of its receiver: how fast the machine is does not matter.
const { STORE, SERVER_URL = '' } = process.env
const store = openStore(STORE === 'Redis' ? 'Redis' : 'PostgreSQL', SERVER_URL)
const listener = toNodeListener(
  createNotificationHandler({
    kind: 'payment',
    oidPartner: OID_PARTNER,
    gatewayPublicKey: merchantKeys().gateway.spkiPem,
    seen: store.seen,
    leaseMs: 1_000_000_000,
    onNotification: ({ no_order }) => store.store(no_order),
  }),
)
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
