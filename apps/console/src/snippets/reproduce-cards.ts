import type { Call } from '../model/group-calls.ts'
import { readReplyFacts } from '../model/reply-facts.ts'
import type { JournalEntry } from '../wire/records.ts'

/** A card that must be bound for a call to end as it did. */
export type NeededCard = Readonly<Record<string, string>>

/** The members of a request that name a card. */
function cardOf({ members }: JournalEntry, pay_type = members['pay_type'] ?? ''): NeededCard {
  const { user_id = '', no_agree = '', platform = '' } = members
  return {
    user_id,
    no_agree,
    ...(pay_type === '' ? {} : { pay_type }),
    ...(platform === '' ? {} : { platform }),
  }
}

/** The cards that a list showed before anything was changed. */
function listedCards(entry: JournalEntry): NeededCard[] {
  const rows = readReplyFacts(entry).members['agreement_list']
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null || !('no_agree' in row)) return []
    return [{ ...cardOf(entry), no_agree: String(row.no_agree) }]
  })
}

/** The products that the gateway named as those the card is bound under. */
function productsNamed({ checks }: JournalEntry): string[] {
  const why = checks.find(({ name }) => name === 'state')?.why ?? ''
  const [, products = ''] = /\bbound under ([^;]+)/.exec(why) ?? []
  return products.split(', ').filter((each) => each !== '')
}

/** The cards that must be bound for a call to end as it did, as far as its requests show. */
export function neededCards(call: Call, main: JournalEntry): NeededCard[] {
  const cards = new Map<string, NeededCard>()
  const add = (card: NeededCard) => cards.set(JSON.stringify(card), card)
  const before = call.entries.slice(0, call.entries.indexOf(main) + 1)
  for (const entry of before) for (const card of listedCards(entry)) add(card)
  if (main.api === 'card.unbind') {
    if (main.ret_code === '0000') add(cardOf(main))
    for (const product of productsNamed(main)) add(cardOf(main, product))
  }
  return [...cards.values()]
}
