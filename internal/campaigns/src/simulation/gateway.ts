import type { Signer, Verifier, HttpResponse } from '@llpay/core'

import type { World } from './world.ts'

/** Both halves of a cheap signature: what RSA costs proves nothing here, and a million histories pay it. */
export interface Key {
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly signer: Signer
  readonly verifier: Verifier
}

const WORDS = 4
const PRIME = 0x01_00_01_93

/** A keyed checksum (FNV-1a, four times): another key, or another message, gives other bytes. */
function checksum(secret: number, message: Uint8Array): Uint8Array {
  const words = new Uint32Array(WORDS)
  let hash = (0x81_1c_9d_c5 ^ secret) >>> 0
  for (let word = 0; word < WORDS; word += 1) {
    for (const byte of message) hash = Math.imul(hash ^ byte, PRIME)
    hash = Math.imul(hash ^ secret ^ word, PRIME)
    words[word] = hash
  }
  return new Uint8Array(words.buffer)
}

/** Makes a key of a number. */
export function makeKey(secret: number): Key {
  const sign = (message: Uint8Array) => checksum(secret, message)
  return {
    sign,
    signer: { algorithm: 'MD5withRSA', sign: async (message) => sign(message) },
    verifier: {
      algorithm: 'MD5withRSA',
      verify: async (message, signature) => Buffer.compare(sign(message), signature) === 0,
    },
  }
}

/** What the gateway changed: the truth about a card. */
export interface Deed {
  /** Its place in the history. */
  readonly place: number
  readonly what: 'unbound' | 'bound'
  readonly no_agree: string
  readonly payType: string
  /** Where in the history the request that did it was sent; missing where no request did. */
  readonly sentAt?: number
}

/** A request as it arrives. */
export interface Arrival {
  /** The worker that sent it, and the number of the request, for the history. */
  readonly from: string
  readonly isChange: boolean
  /** Where in the history it was sent. */
  readonly sentAt: number
  readonly members: Readonly<Record<string, string>>
}

/** What comes back: a response, or the connection ends without one. */
export type Reaction = HttpResponse | 'closed'

interface Answer {
  readonly members: Readonly<Record<string, string>>
  /** Members that no signature covers. */
  readonly unsigned?: Readonly<Record<string, unknown>>
  readonly isSigned: boolean
}

/** What a play can do. */
interface Turn {
  readonly argument: readonly string[]
  /** Carries the request out. */
  readonly execute: () => Answer
  readonly wait: (ms: number) => Promise<void>
  readonly cutAll: () => void
}

/** The reply is sent, and sent again later. */
export const TWICE = '@twice'

/** The campaign's delays are for a deadline of 4 s, these for one of 30 s. */
const SLOWNESS = 8
const LATE_MS = 40_000

const OWN_KEY = makeKey(1)
const STRANGERS_KEY = makeKey(2)
/** The key that signs the requests to the gateway. */
export const MERCHANT_KEY = makeKey(3)
/** What verifies the gateway's replies. */
export const GATEWAY_VERIFIER = OWN_KEY.verifier

/** What is signed: written from the protocol, not from our code. */
const textOf = (members: Readonly<Record<string, string>>) =>
  Object.keys(members)
    .filter((name) => name !== 'sign' && members[name] !== '')
    .toSorted()
    .map((name) => `${name}=${members[name]}`)
    .join('&')

function seal(answer: Answer, key: Key = OWN_KEY): Readonly<Record<string, unknown>> {
  if (!answer.isSigned) return answer.members
  const members = { ...answer.members, sign_type: 'RSA' }
  const sign = Buffer.from(key.sign(Buffer.from(textOf(members)))).toString('base64')
  return { ...members, ...answer.unsigned, sign }
}

const respond = (body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: new Uint8Array(Buffer.from(body)),
})
const send = (members: object) => respond(JSON.stringify(members))
const sendStatus = (status: number, retryAfter?: string): HttpResponse => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: new Uint8Array(),
})

const code = (ret_code: string, isSigned = false): Answer => ({
  members: { ret_code, ret_msg: 'message' },
  isSigned,
})

async function executeAndClose({ execute }: Turn): Promise<Reaction> {
  execute()
  return 'closed'
}

const usual = async ({ execute }: Turn): Promise<Reaction> => send(seal(execute()))

const PLAYS: Readonly<Record<string, (turn: Turn) => Promise<Reaction>>> = {
  usual,
  [TWICE]: usual,
  'close-before': async () => 'closed',
  'close-after': executeAndClose,
  '@cut': executeAndClose,
  '@headers-only': executeAndClose,
  '@close-late': async ({ execute, wait }) => {
    await wait(LATE_MS)
    execute()
    return 'closed'
  },
  '@busy': async ({ argument: [ret_code = '2004'], execute, wait }) => {
    // LianLian says that it is at work, and is.
    void wait(LATE_MS).then(execute)
    return send(seal(code(ret_code)))
  },
  '@restart-before': async ({ cutAll }) => {
    cutAll()
    return 'closed'
  },
  '@restart-after': async ({ execute, cutAll }) => {
    execute()
    cutAll()
    return 'closed'
  },
  slow: async ({ argument: [ms], execute, wait }) => {
    const answer = execute()
    await wait(Number(ms) * SLOWNESS)
    return send(seal(answer))
  },
  late: async ({ argument: [ms], execute, wait }) => {
    await wait(Number(ms) * SLOWNESS)
    return send(seal(execute()))
  },
  truncated: async ({ execute }) => {
    const text = JSON.stringify(seal(execute()))
    return respond(text.slice(0, text.length / 2))
  },
  duplicate: async ({ execute }) =>
    respond(JSON.stringify(seal(execute())).replace('{', '{"ret_code":"0000",')),
  status: async ({ argument: [status, retryAfter] }) => sendStatus(Number(status), retryAfter),
  'status-after': async ({ argument: [status], execute }) => {
    execute()
    return sendStatus(Number(status))
  },
  html: async ({ execute }) => {
    execute()
    return respond('<html><body>Bad gateway</body></html>')
  },
  tampered: async ({ execute }) => send({ ...seal(execute()), ret_msg: 'another' }),
  unsigned: async ({ execute }) => send({ ...seal({ ...execute(), isSigned: false }) }),
  'wrong-key': async ({ execute }) => send(seal(execute(), STRANGERS_KEY)),
  'other-user': async ({ execute }) => {
    const answer = execute()
    return send(seal({ ...answer, members: { ...answer.members, user_id: 'another' } }))
  },
  code: async ({ argument: [ret_code = '9999', how] }) =>
    send(seal(code(ret_code, how !== undefined), how === 'forged' ? STRANGERS_KEY : OWN_KEY)),
}

/** A model of LianLian's gateway. It keeps the cards, and remembers all that it did with them. */
export class Gateway {
  readonly deeds: Deed[] = []
  readonly #world: World
  readonly #absent: string
  readonly #bound = new Map<string, Set<string>>()

  constructor(world: World, absent: string) {
    this.#world = world
    this.#absent = absent
  }

  isBound(no_agree: string, payType: string): boolean {
    return this.#bound.get(no_agree)?.has(payType) === true
  }

  bind(no_agree: string, payType: string): void {
    const products = this.#bound.get(no_agree) ?? new Set()
    this.#bound.set(no_agree, products.add(payType))
    this.#remember({ what: 'bound', no_agree, payType })
  }

  /** Handles a request in the way that a scenario says. */
  async handle(arrival: Arrival, scenario: string, cutAll: () => void): Promise<Reaction> {
    const [name = '', ...argument] = scenario.split(':')
    const play = PLAYS[name]
    if (play === undefined) throw new Error(`No play is called ${name}.`)
    this.#world.note('gateway', `gets ${arrival.from}, plays ${scenario}`)
    return play({
      argument,
      execute: () => this.#execute(arrival),
      wait: async (ms) => {
        await this.#world.clock.sleep(ms)
        await this.#world.turn('the gateway wakes')
      },
      cutAll,
    })
  }

  #execute({ isChange, members, from, sentAt }: Arrival): Answer {
    const { no_agree = '', pay_type: payType = '2', user_id = '' } = members
    if (!isChange) {
      // All cards of a history are one customer's; a query that names none asks for all of them.
      const asked = no_agree === '' ? [...this.#bound.keys()] : [no_agree]
      const rows = asked.filter((each) => this.isBound(each, payType))
      this.#world.note('gateway', `says of ${from}: ${rows.join(', ') || 'absent'}`)
      if (rows.length === 0 && this.#absent !== 'count') return code(this.#absent)
      const listed = { ret_code: '0000', ret_msg: 'ok', user_id, count: String(rows.length) }
      const unsigned = { agreement_list: rows.map((each) => ({ no_agree: each })) }
      return { members: listed, unsigned: rows.length === 0 ? {} : unsigned, isSigned: true }
    }
    if (!this.isBound(no_agree, payType)) {
      this.#world.note('gateway', `refuses ${from}: no such agreement`)
      return code('3003')
    }
    this.#bound.get(no_agree)?.delete(payType)
    this.#remember({ what: 'unbound', no_agree, payType, sentAt })
    return code('0000', true)
  }

  #remember(deed: Omit<Deed, 'place'>): void {
    const { what, no_agree, payType } = deed
    this.deeds.push({ ...deed, place: this.#world.place })
    this.#world.note('gateway', `HAS ${what.toUpperCase()} ${no_agree} under ${payType}`)
  }
}
