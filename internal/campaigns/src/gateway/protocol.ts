import type { SandboxCard } from '@llpay/sandbox'

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
