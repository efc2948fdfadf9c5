import type { FieldsOf, ParamsOf } from '../api/define-api.ts'
import { list } from '../apis/card/list.ts'
import { RejectedError } from '../errors/rejected-error.ts'
import type { CallOptions } from './call-options.ts'
import type { Caller } from './create-caller.ts'
import type { Reply } from './reply.ts'

const MAX_PAGES = 1_000
const NO_RECORD: readonly string[] = list.notListed

/** A row of the list of bound cards. No signature covers it. */
export type ListedCard = NonNullable<FieldsOf<typeof list>['agreement_list']>[number]

/** @deprecated The name until 1.0 of `ListedCard`. */
export type BoundCard = ListedCard

/** A page of the list of bound cards. */
export interface CardPage {
  /** The rows that no earlier page had. */
  readonly cards: readonly ListedCard[]
  readonly reply: Reply<FieldsOf<typeof list>>
}

/** The options of `listCards`. */
export interface ListOptions extends CallOptions {
  /** The most pages to read (default: 1000). */
  readonly maxPages?: number
}

type ListReply = Reply<FieldsOf<typeof list>>

/**
 * Walks the pages of a list from an offset on. A "no record" code ends the walk, and so does a page
 * without new rows.
 *
 * @param read requests the page that begins at an offset.
 */
export async function* walkPages(
  read: (offset: string) => Promise<ListReply>,
  { offset = '0', maxPages = MAX_PAGES }: { readonly offset?: string; readonly maxPages?: number },
): AsyncGenerator<CardPage, void> {
  const seen = new Set<string>()
  let skip = Number(offset)
  for (let page = 0; page < maxPages; page += 1) {
    const reply = await unlessNoRecord(read(String(skip)))
    const rows = reply?.fields.agreement_list ?? []
    const cards = rows.filter(({ no_agree }) => !seen.has(no_agree))
    if (reply === undefined || cards.length === 0) return
    for (const { no_agree } of cards) seen.add(no_agree)
    yield { cards, reply }
    skip += rows.length
  }
}

/** A page; `undefined` if LianLian says that there is no record. */
async function unlessNoRecord(page: Promise<ListReply>): Promise<ListReply | undefined> {
  try {
    return await page
  } catch (error) {
    const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
    if (NO_RECORD.includes(code)) return undefined
    throw error
  }
}

/**
 * Walks the pages of a customer's bound cards, newest first. LianLian documents neither the page size
 * nor what `offset` counts, so the walk advances by the rows received, and stops on an empty page, on a
 * "no record" code, or on a page without new rows.
 *
 * The rows are not signed: they rest on TLS alone.
 *
 * @throws {LLPayError} what a call of `card.list` throws, except "no record".
 * @see https://github.com/LianLianPay/GitBook-Docs-en (card-bind-query-api.md)
 * @example
 * import { listCards, type Client } from '@llpay/core'
 * declare const client: Client
 * for await (const { cards } of listCards(client, { user_id: '1234567', pay_type: 'D' })) {
 *   console.log(cards.length)
 * }
 */
export async function* listCards(
  caller: Caller,
  params: ParamsOf<typeof list>,
  { maxPages, ...options }: ListOptions = {},
): AsyncGenerator<CardPage, void> {
  yield* walkPages((offset) => caller.call(list, { ...params, offset }, options), {
    ...(params.offset === undefined ? {} : { offset: params.offset }),
    ...(maxPages === undefined ? {} : { maxPages }),
  })
}
