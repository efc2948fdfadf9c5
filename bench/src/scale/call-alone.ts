import { createMerchant } from './create-merchant.ts'
import { cardOf } from './merchant.ts'

/** The same call without file, ledger and results: unbinds the next card each time. */
export function callAlone(baseUrl: string, next: () => number): () => Promise<unknown> {
  const client = createMerchant(baseUrl)
  return () => client.card.unbind(cardOf(next()))
}
