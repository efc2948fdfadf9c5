import { answer, type Answer } from './answer.ts'
import type { BoundCards } from './bound-cards.ts'

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

/** The behaviour of each endpoint, by its id. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'card.unbind': (members, cards) =>
    cards.unbind(cardOf(members)) ? answer('0000', { signed: true }) : answer('3003'),
}
