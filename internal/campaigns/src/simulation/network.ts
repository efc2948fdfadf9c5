import { TransportError, type HttpResponse, type Transport } from '@llpay/core'

import { REFUSED } from '../faults/cases.ts'
import { TWICE, type Gateway, type Reaction } from './gateway.ts'
import type { CardPlan } from './plan.ts'
import type { Actor, World } from './world.ts'

type Asked = 'change' | 'list' | 'elsewhere'

/** A request on its way. */
export interface Flight {
  readonly number: number
  readonly worker: Actor
  readonly asked: Asked
  readonly no_agree: string
  /** Its place in the history: when its bytes reached the socket; missing while they have not. */
  writtenAt?: number
  /** Whether its sender still waits for the reply. */
  isOpen: boolean
}

/** Called when the bytes of a request reach a socket. */
export type OnWritten = (flight: Flight, all: readonly Flight[]) => void

interface Sent {
  readonly flight: Flight
  readonly members: Readonly<Record<string, string>>
  readonly scenario: string
}

const closed = (delivered: 'no' | 'unknown') =>
  new TransportError(
    delivered === 'no' ? 'ERR_TRANSPORT_CONNECT' : 'ERR_TRANSPORT_CLOSED',
    'simulated',
    { delivered },
  )

/**
 * Whether every request has a connection that carries nothing else, as rule 8 demands of a transport, or
 * a worker's requests share one, on which a late duplicate passes for the reply to another request.
 */
export type Connections = 'own' | 'shared'

/** A request whose sender waits, and what gives it a reply. */
interface Waiting {
  readonly flight: Flight
  readonly give: (reaction: Reaction) => void
}

/** The wires between workers and gateway. */
export class Network {
  readonly flights: Flight[] = []
  readonly #world: World
  readonly #gateway: Gateway
  readonly #cards: ReadonlyMap<string, CardPlan>
  readonly #played = new Map<string, number>()
  readonly #onWritten: OnWritten
  readonly #connections: Connections
  #waiting: readonly Waiting[] = []

  constructor(
    world: World,
    gateway: Gateway,
    cards: ReadonlyMap<string, CardPlan>,
    onWritten: OnWritten,
    connections: Connections = 'own',
  ) {
    this.#world = world
    this.#gateway = gateway
    this.#cards = cards
    this.#onWritten = onWritten
    this.#connections = connections
  }

  /** The transport of a worker. */
  transportOf(worker: Actor): Transport {
    return async ({ url, body }, signal) => {
      const members: Record<string, string> = JSON.parse(Buffer.from(body).toString())
      const sent = this.#open(worker, url.endsWith('/bankcardunbind.htm'), members)
      try {
        return await this.#exchange(sent, signal)
      } finally {
        sent.flight.isOpen = false
      }
    }
  }

  #open(worker: Actor, isChange: boolean, members: Readonly<Record<string, string>>): Sent {
    const { no_agree = '', pay_type: payType = '2' } = members
    const plan = this.#cards.get(no_agree) ?? this.#planOf(payType)
    const isNamed = payType === (plan?.payType ?? '2')
    const asked: Asked = isChange ? 'change' : isNamed ? 'list' : 'elsewhere'
    const key = `${no_agree} ${asked}`
    const played = this.#played.get(key) ?? 0
    this.#played.set(key, played + 1)
    const scenario = plan?.[asked][played] ?? 'usual'
    const number = this.flights.length + 1
    const flight: Flight = { number, worker, asked, no_agree, isOpen: false }
    this.flights.push(flight)
    return { flight, members, scenario }
  }

  /** What goes wrong with a list that several cards share: the same as with the first of them. */
  #planOf(payType: string): CardPlan | undefined {
    return [...this.#cards.values()].find((plan) => (plan.payType ?? '2') === payType)
  }

  async #exchange({ flight, members, scenario }: Sent, signal: AbortSignal): Promise<HttpResponse> {
    const { worker, asked, number, no_agree } = flight
    const what = asked === 'change' ? 'unbind' : 'list'
    const name = `request ${number} (${what} ${no_agree} under ${members['pay_type'] ?? '2'})`
    await this.#world.step(worker, 'connects')
    if (signal.aborted) throw closed('no')
    if (scenario === REFUSED) {
      this.#world.note(worker.name, `cannot connect for ${name}`)
      throw closed('no')
    }
    flight.writtenAt = this.#world.place
    flight.isOpen = true
    this.#world.note(worker.name, `sends ${name}`)
    this.#onWritten(flight, this.flights)
    const reaction = await this.#carry({ flight, members, scenario }, name, signal)
    await this.#world.touch(worker)
    const told = reaction === 'closed' ? 'no reply' : describe(reaction)
    this.#world.note(worker.name, `gets ${told} for request ${number}`)
    if (reaction === 'closed') throw closed('unknown')
    return reaction
  }

  /** Takes a request to the gateway and its reply back, each when its turn comes. */
  #carry(
    { flight, members, scenario }: Sent,
    name: string,
    signal: AbortSignal,
  ): Promise<Reaction> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        flight,
        give: (reaction) => {
          this.#waiting = this.#waiting.filter((each) => each !== waiting)
          flight.isOpen = false
          resolve(reaction)
        },
      }
      this.#waiting = [...this.#waiting, waiting]
      signal.addEventListener('abort', () => waiting.give('closed'), { once: true })
      void this.#travel(waiting, { from: name, members, scenario })
    })
  }

  async #travel(
    { flight, give }: Waiting,
    { from, members, scenario }: Pick<Sent, 'members' | 'scenario'> & { readonly from: string },
  ): Promise<void> {
    await this.#world.turn('a request arrives')
    const { asked, worker, writtenAt: sentAt = 0 } = flight
    const arrival = { from, isChange: asked === 'change', sentAt, members }
    const reaction = await this.#gateway.handle(arrival, scenario, () => this.#cutAll())
    await this.#world.turn('a reply arrives')
    give(reaction)
    if (scenario !== TWICE) return
    await this.#world.turn('a late duplicate arrives')
    if (this.#connections === 'own') return
    this.#waiting.find((each) => each.flight.worker === worker)?.give(reaction)
  }

  #cutAll(): void {
    for (const { give } of this.#waiting) give('closed')
  }
}

function describe({ status, body }: HttpResponse): string {
  if (status !== 200) return `status ${status}`
  const text = Buffer.from(body).toString()
  const { ret_code, count } = safely(text)
  return [ret_code, count === undefined ? '' : `count ${count}`].filter(Boolean).join(', ')
}

function safely(text: string): { ret_code?: string; count?: string } {
  try {
    const members: { ret_code?: string; count?: string } = JSON.parse(text)
    return members
  } catch {
    return { ret_code: 'no JSON' }
  }
}
