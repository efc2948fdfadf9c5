import { virtualClock } from '@internal/testkit/clocks'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import type { CallerParts } from '@llpay/core'

/** A bound card. */
export interface BoundCard {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type: string
}

/** How long the gateway takes to reply, on a clock without a timer. */
const REPLY_MS = 50

const UNBIND_PATH = '/bankcardunbind.htm'
const { pkcs8Pem } = vectorKey('k1024')

const signed = (members: Record<string, string>, rows?: readonly object[]) => ({
  ...withSign({ ret_code: '0000', sign_type: 'RSA', ...members }, pkcs8Pem),
  ...(rows === undefined ? {} : { agreement_list: rows }),
})

/** A gateway in this process, which counts what it is sent, and how often somebody waits for it. */
export class CountingGateway {
  readonly clock = virtualClock()
  /** How many requests it received. */
  requests = 0
  readonly #cards: BoundCard[]
  readonly #losesReply: boolean
  /** When the last reply of those on their way arrives. */
  #repliedAt = 0
  #waitedMs = 0

  /** @param losesReply whether the reply to a request to unbind never arrives. */
  constructor(cards: readonly BoundCard[], losesReply = false) {
    this.#cards = [...cards]
    this.#losesReply = losesReply
  }

  /** How many replies were waited for one after the other; those that are awaited together count once. */
  get roundTrips(): number {
    return this.#waitedMs / REPLY_MS
  }

  readonly transport: CallerParts['transport'] = async ({ url, body }) => {
    const members: Record<string, string> = JSON.parse(Buffer.from(body).toString())
    this.requests += 1
    const now = this.clock.now()
    this.#waitedMs += now + REPLY_MS - Math.max(now, this.#repliedAt)
    this.#repliedAt = now + REPLY_MS
    await this.clock.sleep(REPLY_MS)
    const reply = url.endsWith(UNBIND_PATH) ? this.#unbind(members) : this.#list(members)
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(reply)) }
  }

  #find(members: Readonly<Record<string, string>>): BoundCard[] {
    const { user_id, pay_type = '2', no_agree } = members
    return this.#cards.filter(
      (card) =>
        card.user_id === user_id &&
        card.pay_type === pay_type &&
        (no_agree === undefined || card.no_agree === no_agree),
    )
  }

  #list(members: Readonly<Record<string, string>>): object {
    const rows = this.#find(members).map(({ no_agree }) => ({ no_agree }))
    return signed({ user_id: members['user_id'] ?? '', count: String(rows.length) }, rows)
  }

  #unbind(members: Readonly<Record<string, string>>): object {
    const [card] = this.#find(members)
    if (card === undefined) return { ret_code: '3003', ret_msg: 'no such agreement' }
    this.#cards.splice(this.#cards.indexOf(card), 1)
    if (this.#losesReply) throw new Error('the connection broke')
    return signed({})
  }
}
