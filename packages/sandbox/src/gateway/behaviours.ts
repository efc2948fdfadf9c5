import type { Api } from '@llpay/core'
import { SAMPLES, type Sample } from '@llpay/core/samples'

import { SANDBOX_SMS_CODE } from '../state/card-bindings.ts'
import type { BoundSandboxCard } from '../state/sandbox-cards.ts'
import type { SandboxState } from '../state/sandbox-state.ts'
import { findBin } from './card-bins.ts'
import { replyWith, success, type GatewayReply } from './gateway-reply.ts'

const productOf = ({ pay_type = '2' }: { readonly pay_type?: string }) => pay_type

const unique = (texts: readonly string[]) => [...new Set(texts)].join(', ')

/**
 * Says why a request found no card.
 *
 * @param own the customer's cards.
 * @param asked what the request names.
 * @param elsewhere whether any customer has the agreement.
 */
function explainAbsence(
  own: readonly BoundSandboxCard[],
  asked: BoundSandboxCard,
  elsewhere = false,
): string {
  const { no_agree, pay_type, platform = '' } = asked
  const same = own.filter((card) => no_agree === '' || card.no_agree === no_agree)
  if (same.length === 0) return elsewhere ? 'bound for another customer' : 'not bound'
  const onPlatform = same.filter((card) => (card.platform ?? '') === platform)
  if (onPlatform.length === 0) {
    return platform === '' ? 'bound on a platform' : 'not bound on this platform'
  }
  const under = `bound under ${unique(onPlatform.map(productOf))}`
  return pay_type === undefined ? `${under}; pay_type omitted means 2` : under
}

/** The members of a message, as text. */
export type TextMembers = Readonly<Record<string, string>>

/** A reply, and for a refusal why the sandbox's state led to it. */
export interface Processed {
  readonly reply: GatewayReply
  readonly why?: string
}

/** What an endpoint does once a request passed the checks. */
export type Behaviour = (
  members: TextMembers,
  state: Pick<SandboxState, 'cards' | 'bindings'>,
) => Processed

/** The card that a request speaks of; an omitted or empty member says nothing. */
function cardOf(members: TextMembers): BoundSandboxCard {
  const { oid_partner = '', user_id = '', no_agree = '', pay_type, platform } = members
  return {
    oid_partner,
    user_id,
    no_agree,
    ...(pay_type ? { pay_type } : {}),
    ...(platform ? { platform } : {}),
  }
}

const PAGE_SIZE = 20

const lastFour = (number: string) => number.slice(-4).padStart(4, '0')

/** What the list shows of a card. */
function rowOf(card: BoundSandboxCard): Record<string, string> {
  return {
    no_agree: card.no_agree,
    card_no: card.card_no ?? lastFour(card.no_agree),
    card_type: card.card_type ?? '2',
    bank_code: card.bank_code ?? '01020000',
    bank_name: card.bank_name ?? '中国工商银行',
    bind_mobile: '138****0000',
  }
}

/** A page of a customer's cards, newest first; a customer without cards has no record (8901). */
const listCards: Behaviour = (members, { cards }) => {
  const { user_id, no_agree, pay_type = '2', platform = '' } = cardOf(members)
  const { card_no = '', offset = '' } = members
  const all = cards.of(cardOf(members))
  const rows = all
    .filter(
      (card) =>
        (card.pay_type ?? '2') === pay_type &&
        (card.platform ?? '') === platform &&
        (no_agree === '' || card.no_agree === no_agree),
    )
    .map(rowOf)
    .filter((row) => card_no === '' || row['card_no'] === lastFour(card_no))
    .toReversed()
  if (rows.length === 0) {
    return { reply: replyWith('8901'), why: explainAbsence(all, cardOf(members)) }
  }
  const start = Number(offset)
  return {
    reply: {
      ...success({ user_id, count: String(rows.length) }),
      unsigned: { agreement_list: rows.slice(start, start + PAGE_SIZE) },
    },
  }
}

const unbindCard: Behaviour = (members, { cards }) => {
  const card = cardOf(members)
  if (cards.unbind(card)) return { reply: success() }
  const elsewhere = cards.hasAgreement(card.no_agree)
  return { reply: replyWith('3003'), why: explainAbsence(cards.of(card), card, elsewhere) }
}

/** A card's bank and type, by its number. */
const queryBin: Behaviour = ({ card_no = '' }) => {
  const bin = findBin(card_no)
  if (bin === undefined) return { reply: replyWith('5001'), why: 'unknown card prefix' }
  return { reply: success({ ...bin, card_no: lastFour(card_no) }) }
}

/** Takes an application: the SMS is "sent", and its token waits for the code. */
const applyBind: Behaviour = (members, { bindings }) => {
  const { user_id = '', card_no = '' } = members
  const { no_agree: _, ...card } = cardOf(members)
  const { token } = bindings.apply({ ...card, ...findBin(card_no), card_no: lastFour(card_no) })
  return { reply: success({ oid_partner: card.oid_partner, user_id, token }) }
}

/** Binds the card that was applied for, where token and code are right. */
const verifyBind: Behaviour = (members, { bindings, cards }) => {
  const { oid_partner = '', user_id = '', token = '', verify_code } = members
  const binding = bindings.find(token, user_id)
  if (binding === undefined || binding.card.oid_partner !== oid_partner) {
    return { reply: replyWith('1000', { signed: true }), why: 'no such token for this customer' }
  }
  if (verify_code !== SANDBOX_SMS_CODE) {
    const why = `the code of every SMS is ${SANDBOX_SMS_CODE}`
    return { reply: replyWith('1900', { signed: true }), why }
  }
  bindings.finish(token)
  const { no_agree, card_no = '' } = cards.bind(binding.card)
  return { reply: success({ oid_partner, user_id, no_agree, card_no }) }
}

/** Replies as the endpoint's sample does, and repeats what it has in common with the request. */
function sampleBehaviour({ unsignedFields }: Api, { reply }: Sample): Behaviour {
  return (members) => {
    const signed: Record<string, string> = {}
    const unsigned: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(reply)) {
      if (unsignedFields.includes(name)) unsigned[name] = value
      else signed[name] = members[name] ?? String(value)
    }
    return { reply: { ...success(signed), unsigned } }
  }
}

/** The behaviours that are more than a sample, by the endpoint's id. */
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'card.unbind': unbindCard,
  'card.list': listCards,
  'card.query-bin': queryBin,
  'card.apply-bind': applyBind,
  'card.verify-bind': verifyBind,
}

/** What the sandbox does for an endpoint. */
export function behaviourOf(api: Api): Behaviour {
  const samples: Readonly<Record<string, Sample>> = SAMPLES
  return BEHAVIOURS[api.id] ?? sampleBehaviour(api, samples[api.id] ?? { params: {}, reply: {} })
}
