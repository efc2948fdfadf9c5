import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

import type { Sandbox } from '@llpay/sandbox'

import { CardLedger, type CardEntry } from './card-ledger.ts'
import { isForged } from './forged.ts'
import { Listener } from './listener.ts'
import { CARD_HEADER, SERIAL_HEADER, type Asked } from './protocol.ts'
import { WIRE_PLAYS } from './wire-plays.ts'

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
