import { plainVerifier, withSign } from './signing.ts'

/** What the list of one product replies about an agreement. */
export type ListBehaviour =
  | 'listed'
  | 'absent-signed'
  | 'absent-8901'
  | 'absent-3003'
  | 'absent-3011'
  | 'refused-1004'
  | 'refused-3010'
  | 'refused-5601'
  /** An unsigned code that says nothing about a card. */
  | 'refused-9999'
  | 'down'
  | 'status-503'
  | 'garbled'
  | 'forged'
  /** Signed, with other cards than the agreement. */
  | 'others'
  /** Never replies. */
  | 'hang'

/** What unbinding for one product leads to. */
export type UnbindBehaviour =
  | 'done'
  /** Carried out, and the connection breaks. */
  | 'lost'
  /** The first request breaks before it is carried out. */
  | 'lost-before'
  | 'refused'
  /** Somebody else unbound the card in the meantime: 3003. */
  | 'gone'
  /** 3003, while the list goes on showing the card. */
  | 'contradiction'
  | 'forged'

/** One product at the gateway. */
export interface ProductBehaviour {
  readonly list: ListBehaviour
  readonly unbind?: UnbindBehaviour
  /** How the list behaves from its second query on. */
  readonly later?: ListBehaviour
}

/** A request that the gateway received. */
export interface ReceivedRequest {
  readonly kind: 'list' | 'unbind'
  readonly payType: string
}

interface Response {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** The key of the gateway, and one that is not its own. */
export interface GatewayKeys {
  readonly own: { readonly pkcs8Pem: string; readonly spkiPem: string }
  readonly foreign: { readonly pkcs8Pem: string }
}

const AGREEMENT = '2014031710002121'

const respond = (text: string, status = 200): Response => ({
  status,
  headers: {},
  body: Buffer.from(text),
})
const refuse = (ret_code: string) => respond(`{"ret_code":"${ret_code}","ret_msg":"x"}`)
const broken = (): never => {
  throw new Error('the connection broke')
}

/** The count and the rows of a list that is signed. */
const SIGNED: Readonly<Partial<Record<ListBehaviour, readonly object[]>>> = {
  listed: [{ no_agree: AGREEMENT, bank_name: 'Bank' }],
  others: [{ no_agree: '2014031710002122', bank_name: 'Bank' }],
  'absent-signed': [],
  forged: [],
}

/** What a list replies that is not signed. */
const PLAIN: Readonly<Partial<Record<ListBehaviour, () => Response | Promise<Response>>>> = {
  down: broken,
  'status-503': () => respond('', 503),
  garbled: () => respond('<html>busy</html>'),
  hang: () => new Promise(() => undefined),
}

/** A gateway at which one agreement has a behaviour for each product. */
export class ProductGateway {
  readonly card = { user_id: 'customer', no_agree: AGREEMENT }
  readonly verifier: ReturnType<typeof plainVerifier>
  readonly received: ReceivedRequest[] = []
  /** The products for which an unbinding was carried out, by a request or by somebody else. */
  readonly unbound = new Set<string>()
  /** The most requests that were in flight at once. */
  most = 0
  #underWay = 0
  readonly #products: Readonly<Record<string, ProductBehaviour>>
  readonly #keys: GatewayKeys
  readonly #pause: () => Promise<void>

  /** @param pause awaited within each request. */
  constructor(
    products: Readonly<Record<string, ProductBehaviour>>,
    keys: GatewayKeys,
    pause: () => Promise<void> = async () => undefined,
  ) {
    this.#products = products
    this.#keys = keys
    this.#pause = pause
    this.verifier = plainVerifier(keys.own.spkiPem)
  }

  /** How many requests of a kind came, for one product or for all. */
  count(kind: ReceivedRequest['kind'], payType?: string): number {
    return this.received.filter(
      (each) => each.kind === kind && (payType === undefined || each.payType === payType),
    ).length
  }

  /** A transport of core. */
  readonly transport = async ({
    url,
    body,
  }: {
    readonly url: string
    readonly body: Uint8Array
  }): Promise<Response> => {
    const members: Record<string, string> = JSON.parse(Buffer.from(body).toString())
    const { pay_type: payType = '2', user_id = '' } = members
    const kind = url.endsWith('/bankcardunbind.htm') ? 'unbind' : 'list'
    this.received.push({ kind, payType })
    this.#underWay += 1
    this.most = Math.max(this.most, this.#underWay)
    try {
      await this.#pause()
      return await (kind === 'unbind' ? this.#unbind(payType) : this.#list(payType, user_id))
    } finally {
      this.#underWay -= 1
    }
  }

  #list(payType: string, user_id: string): Response | Promise<Response> {
    const { list = 'absent-8901', later = list } = this.#products[payType] ?? {}
    const behaviour = this.count('list', payType) > 1 ? later : list
    const shown = this.unbound.has(payType) ? 'absent-signed' : behaviour
    const rows = SIGNED[shown]
    if (rows === undefined) return PLAIN[shown]?.() ?? refuse(shown.slice(-4))
    const members = { ret_code: '0000', user_id, count: String(rows.length) }
    return this.#signed(members, { agreement_list: rows }, shown === 'forged')
  }

  #unbind(payType: string): Response {
    const { list, later = list, unbind = 'done' } = this.#products[payType] ?? {}
    const isBound = (list === 'listed' || later === 'listed') && !this.unbound.has(payType)
    if (!isBound || unbind === 'contradiction') return refuse('3003')
    if (unbind === 'refused') return refuse('4000')
    if (unbind === 'lost-before' && this.count('unbind', payType) === 1) return broken()
    this.unbound.add(payType)
    if (unbind === 'gone') return refuse('3003')
    if (unbind === 'lost') return broken()
    return this.#signed({ ret_code: '0000' }, {}, unbind === 'forged')
  }

  #signed(members: Record<string, string>, more: object, isForged: boolean): Response {
    const { pkcs8Pem } = isForged ? this.#keys.foreign : this.#keys.own
    return respond(
      JSON.stringify({ ...withSign({ sign_type: 'RSA', ...members }, pkcs8Pem), ...more }),
    )
  }
}
