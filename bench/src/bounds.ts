/** A ratio to watch: what one row of a table is of another. */
export interface Bound {
  readonly bench: string
  /** The table. */
  readonly title: string
  readonly of: string
  readonly to: string
  readonly atMost: number
  /** What was measured on a quiet machine, and what passing the bound would mean. */
  readonly why: string
  /** Both rows count bytes. Rows that take time never decide: how long a thing takes is the machine's. */
  readonly isOfBytes?: true
}

/** The bounds of the short form. They are wide: machines are shared, and rounds are few. */
export const BOUNDS: readonly Bound[] = [
  {
    bench: 'call',
    title: 'call, 2048 bits, 16 in flight',
    of: 'llpay',
    to: 'undici.request + cached RSA',
    atMost: 1.5,
    why: '1.2 measured; keys parsed per call are 2.5',
  },
  {
    bench: 'call',
    title: 'call, 2048 bits, 16 in flight',
    of: 'llpay',
    to: 'alipay-sdk, verifying',
    atMost: 0.95,
    why: '0.8 measured, with a connection for each call; no verifying SDK may be cheaper',
  },
  {
    bench: 'sign',
    title: 'sign, 2048 bits',
    of: 'llpay prepareRequest',
    to: 'crypto.sign, cached key',
    atMost: 1.35,
    why: '1.06 measured; reading the key each time is 2.3',
  },
  {
    bench: 'verify',
    title: 'verify, 2048 bits',
    of: 'llpay processReply',
    to: 'JSON.parse + crypto.verify',
    atMost: 2.5,
    why: '1.4 measured; a key parsed per reply is 3.7',
  },
  {
    bench: 'reader',
    title: 'reader, 1 MB',
    of: 'llpay strict reader',
    to: 'lossless-json',
    atMost: 1.25,
    why: '0.8 measured; matching a pattern for white space at each step is 1.5, copying what is left would be thousands',
  },
  {
    bench: 'edge',
    title: 'edge: MD5withRSA by BigInt, 2048 bits',
    of: 'llpay, blinded and checked',
    to: 'two half-size pow of noble',
    atMost: 1.7,
    why: '1.25 measured; blinding and checking cost that, a second exponentiation would be 2',
  },
  {
    bench: 'loop',
    title: 'loop: signing, 2048 bits, 16 in flight',
    of: 'all on the event loop',
    to: 'llpay: one per turn on the loop',
    atMost: 1.3,
    why: '0.6 measured on two cores, 1 on one; more would mean that the pool costs instead of giving',
  },
  {
    bench: 'start',
    title: 'start: --version',
    of: 'llpay --version',
    to: 'node -e 0',
    atMost: 1.5,
    why: '1.05 measured; loading the whole command line would be 1.6',
  },
  {
    bench: 'start',
    title: 'start: --dry-run',
    of: 'llpay unbind --dry-run',
    to: 'node -e 0',
    atMost: 2.4,
    why: '1.8 of CPU measured; loading the network would be 2.6',
  },
  {
    bench: 'memory',
    title: 'memory: cost of a call, 1024 bits',
    of: '1000 in flight',
    to: '1 in flight',
    atMost: 1.5,
    why: '0.8 measured; what grows with the calls in flight would show here',
  },
  {
    bench: 'memory',
    title: 'memory: heap after a collection',
    of: 'after 5000 calls',
    to: 'after 500 calls',
    atMost: 1.25,
    why: '1.0 measured; 2 kB kept per call would pass it',
    isOfBytes: true,
  },
  {
    bench: 'notification',
    title: 'notification, 2048 bits',
    of: 'llpay verifyNotification',
    to: 'JSON.parse + crypto.verify',
    atMost: 2.5,
    why: '1.7 measured; a key parsed for each is 3.5',
  },
  {
    bench: 'notification',
    title: 'notification: heap after a collection',
    of: 'after 5000 more',
    to: 'after 500 more',
    atMost: 1.25,
    why: '1.0 measured; 2 kB kept for each would pass it',
    isOfBytes: true,
  },
  {
    bench: 'bulk',
    title: 'bulk, 16 in flight',
    of: 'with the results: unbind-many',
    to: 'the call alone',
    atMost: 1.4,
    why: '1.15 measured; an id made twice by WebCrypto, and files by handles, were 1.32',
  },
]
