import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

import type { Sandbox, SandboxCard } from '@llpay/sandbox'

import { Listener, WIRE_PLAYS } from './listener.ts'

/** What came in for a card, and what was replied. */
export class CardEntry {
  readonly plan: CardPlan
  readonly arrived: Record<Asked, number> = { change: 0, list: 0, elsewhere: 0 }
  readonly answers: Answered[] = []

  constructor(plan: CardPlan) {
    this.plan = plan
  }

  /** Whether a request came in that tells of its beginning. */
  get hasBegun(): boolean {
    return this.arrived.list + this.arrived.change > 0
  }

  /** Notes a request, and tells what to play for it. */
  arrive(asked: Asked): string {
    const scenario = this.plan.plays[asked][this.arrived[asked]] ?? 'usual'
    this.arrived[asked] += 1
    return scenario
  }
}

/** The gateway's book of a campaign. */
export class CardLedger {
  readonly #sandbox: Sandbox
  readonly #entries = new Map<string, CardEntry>()
  /** How often each agreement was unbound. */
  readonly #unbound = new Map<string, number>()
  readonly #waiting: (() => void)[] = []
  #limit = Infinity

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
    this.#count(sandbox)
  }

  /** Counts what is carried out where it is: the journal forgets, and holds what was only replied. */
  #count({ state: { cards } }: Sandbox): void {
    const bind = cards.bind.bind(cards)
    const unbind = cards.unbind.bind(cards)
    let isBinding = false
    cards.bind = (card) => {
      isBinding = true
      try {
        return bind(card)
      } finally {
        isBinding = false
      }
    }
    cards.unbind = (card) => {
      const isDone = unbind(card)
      const { no_agree } = card
      if (isDone && !isBinding) this.#unbound.set(no_agree, (this.#unbound.get(no_agree) ?? 0) + 1)
      return isDone
    }
  }

  open(plans: readonly CardPlan[]): void {
    for (const plan of plans) {
      this.#entries.set(plan.card.no_agree, new CardEntry(plan))
      if (plan.bound) this.#sandbox.state.cards.bind(plan.card)
    }
  }

  find(no_agree: string): CardEntry | undefined {
    return this.#entries.get(no_agree)
  }

  /** For how many cards a request came in. */
  begun(): number {
    let begun = 0
    for (const { hasBegun } of this.#entries.values()) if (hasBegun) begun += 1
    return begun
  }

  /** Lets this many cards begin, until it is called again. */
  limit(cards: number): void {
    this.#limit = cards
    for (const look of this.#waiting.splice(0)) look()
  }

  /** Whether a card must not begin yet. */
  isHeld({ hasBegun }: CardEntry): boolean {
    return !hasBegun && this.#limit !== Infinity && this.begun() >= this.#limit
  }

  /** Waits until a card may begin. */
  async admit(entry: CardEntry): Promise<void> {
    while (this.isHeld(entry)) {
      await new Promise<void>((look) => {
        this.#waiting.push(look)
      })
    }
  }

  /** What is true of every card, by the number of its agreement. */
  truth(): Record<string, CardTruth> {
    const { state } = this.#sandbox
    const bound = new Set(state.cards.list().map(({ no_agree }) => no_agree))
    return Object.fromEntries(
      Array.from(this.#entries, ([no_agree, { arrived, answers }]) => [
        no_agree,
        { bound: bound.has(no_agree), unbound: this.#unbound.get(no_agree) ?? 0, arrived, answers },
      ]),
    )
  }
}

/** What a request asks: to unbind, for the list, or for the list of another product. */
export type Asked = 'change' | 'list' | 'elsewhere'

/** Names the card that a request is about, so that it counts before its body is read. */
export const CARD_HEADER = 'x-campaign-card'
/** Numbers the replies. */
export const SERIAL_HEADER = 'x-campaign-serial'

/** What the gateway knows about a card. */
export interface CardPlan {
  /** The card as it is bound. */
  readonly card: SandboxCard
  /** Whether it is bound at the start. */
  readonly bound: boolean
  /** The product that the merchant names. */
  readonly payType: string
  /** What is played, request after request; `usual` when the row is at its end. */
  readonly plays: Readonly<Record<Asked, readonly string[]>>
}

/** A reply that the gateway sent. */
export interface Answered {
  readonly serial: number
  readonly asked: Asked
  readonly scenario: string
  /** It is not what LianLian would have said: every client must refuse it. */
  readonly forged: boolean
}

/** What the gateway knows of a card in the end. */
export interface CardTruth {
  readonly bound: boolean
  /** How many requests to unbind it were carried out. */
  readonly unbound: number
  /** How many requests came in. */
  readonly arrived: Readonly<Record<Asked, number>>
  readonly answers: readonly Answered[]
}

/** Where a gateway listens: for merchants, and for the campaign. */
export interface Addresses {
  readonly url: string
  readonly control: string
}

const FORGING = ['tampered', 'unsigned', 'wrong-key', 'duplicate', 'other-user', 'code:0000']

/**
 * Tells whether a scenario made a forgery of a reply. What changes or drops a signature makes one
 * only of a reply that has to be signed: a success.
 */
function isForged(scenario: string, body: string): boolean {
  if (scenario.endsWith(':forged')) return true
  return FORGING.includes(scenario) && body.includes('"ret_code":"0000"')
}

const agreementIn = (body: Buffer): string => String(JSON.parse(body.toString())['no_agree'])

function whatIsAsked(path: string, body: Buffer, entry: CardEntry | undefined): Asked {
  if (path.endsWith('/bankcardunbind.htm')) return 'change'
  const { pay_type = '2' } = JSON.parse(body.toString())
  return pay_type === (entry?.plan.payType ?? pay_type) ? 'list' : 'elsewhere'
}

/** Serves a sandbox over sockets that can be cut, and keeps book of what came in. */
export class Gateway {
  readonly ledger: CardLedger
  readonly #sandbox: Sandbox
  readonly #listener: Listener
  readonly #before: (path: string, body: Buffer) => void
  #serial = 0
  #busy = 0

  constructor(sandbox: Sandbox, before: (path: string, body: Buffer) => void) {
    this.#sandbox = sandbox
    this.#before = before
    this.ledger = new CardLedger(sandbox)
    this.#listener = new Listener((request, response) => {
      void this.#serve(request, response)
    })
  }

  get url(): string {
    return this.#listener.url
  }

  /** How many requests are being worked on. */
  get busy(): number {
    return this.#busy
  }

  listen(): Promise<void> {
    return this.#listener.listen()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#busy += 1
    try {
      await this.#answer(request, response)
    } catch {
      // The scenario closes the connection, or its other end did.
      response.socket?.destroy()
    } finally {
      this.#busy -= 1
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '/', headers } = request
    const named = this.ledger.find(String(headers[CARD_HEADER]))
    if (named !== undefined && this.ledger.isHeld(named)) await this.ledger.admit(named)
    // Where its headers name the card, an unbind counts as arrived before its body is there.
    const early = path.endsWith('/bankcardunbind.htm') ? named?.arrive('change') : undefined
    const body = await buffer(request)
    const entry = named ?? this.ledger.find(agreementIn(body))
    if (entry !== undefined && this.ledger.isHeld(entry)) await this.ledger.admit(entry)
    this.#before(path, body)
    const asked = whatIsAsked(path, body, entry)
    const scenario = early ?? entry?.arrive(asked) ?? 'usual'
    const carryOut = async (played: string) =>
      this.#sandbox.fetch(
        new Request(`http://127.0.0.1${path}`, {
          method: 'POST',
          body: new Uint8Array(body),
          headers: { 'x-llpay-scenario': played },
        }),
      )
    const onWire = WIRE_PLAYS.get(scenario)
    if (onWire !== undefined) {
      await onWire({
        response,
        carryOut: async () => Buffer.from(await (await carryOut('usual')).arrayBuffer()),
        restart: () => this.#listener.restart(),
      })
      return
    }
    const answer = await carryOut(scenario)
    const text = await answer.text()
    this.#serial += 1
    const serial = this.#serial
    entry?.answers.push({ serial, asked, scenario, forged: isForged(scenario, text) })
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      [SERIAL_HEADER]: serial,
      ...(answer.status === 302 ? { location: this.url } : {}),
    })
    response.end(text)
  }
}
