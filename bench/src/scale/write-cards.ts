import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

import { cardOf } from './merchant.ts'

/** Writes a file of cards, as a merchant would give it. */
export async function writeCards(file: string, from: number, count: number): Promise<void> {
  const out = createWriteStream(file)
  out.write('user_id,no_agree,pay_type\n')
  for (let number = from; number < from + count; number += 1) {
    const { user_id, no_agree, pay_type } = cardOf(number)
    if (!out.write(`${user_id},${no_agree},${pay_type}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}
