import { answer, type Answer } from './answer.ts'
import type { BoundCard, BoundCards } from './bound-cards.ts'

/** What an endpoint does once the gate let a request pass. */
export type Behaviour = (members: Readonly<Record<string, string>>, cards: BoundCards) => Answer

/** The card that a request speaks of; an omitted or empty member is none. */
function cardOf(members: Readonly<Record<string, string>>) {
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

/** What the sandbox makes up of a card, from the number of its agreement. */
function rowOf({ no_agree }: BoundCard): Record<string, string> {
  return {
    no_agree,
    card_no: no_agree.slice(-4).padStart(4, '0'),
    card_type: '2',
    bank_code: '01020000',
    bank_name: '中国工商银行',
    bind_mobile: '138****0000',
  }
}

/** A page of a customer's cards, newest first; a customer without cards has no record (8901). */
const listCards: Behaviour = (members, cards) => {
  const { oid_partner = '', user_id = '', pay_type = '2', platform = '', no_agree = '' } = members
  const found = cards
    .list()
    .filter(
      (card) =>
        card.oid_partner === oid_partner &&
        card.user_id === user_id &&
        (card.pay_type ?? '2') === pay_type &&
        (card.platform ?? '') === platform &&
        (no_agree === '' || card.no_agree === no_agree),
    )
    .toReversed()
  if (found.length === 0) return answer('8901')
  const offset = Number(members['offset'] ?? '0')
  const rows = found.slice(offset, offset + PAGE_SIZE).map(rowOf)
  const listed = answer('0000', { signed: true })
  return {
    ...listed,
    members: { ...listed.members, user_id, count: String(found.length) },
    unsigned: { agreement_list: rows },
  }
}

/** The behaviour of each endpoint, by its id. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'card.unbind': (members, cards) =>
    cards.unbind(cardOf(members)) ? answer('0000', { signed: true }) : answer('3003'),
  'card.list': listCards,
}
