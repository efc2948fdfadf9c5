import type { Api } from '../../api/define-api.ts'
import { list as cardList } from '../../apis/card/list.ts'
import { CallbackError } from '../../errors/callback-error.ts'
import { ProtocolError } from '../../errors/protocol-error.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import { SignatureError } from '../../errors/signature-error.ts'
import { TransportError } from '../../errors/transport-error.ts'
import { UnknownOutcomeError } from '../../errors/unknown-outcome-error.ts'
import { withoutPrototype } from '../../json/json-value.ts'
import { beforeSend, type CallContext } from '../call-context.ts'
import type { BeforeSendingFacts } from '../call-options.ts'
import { sleepUntil } from '../clock.ts'
import type { SettleMode } from '../config.ts'
import type { Deadline } from '../deadline.ts'
import { type Counter, exchange } from '../exchange.ts'
import {
  boundElsewhere,
  classify,
  type Doubt,
  explainOutcome,
  notSent,
  unknownOutcome,
} from '../failures.ts'
import type { PreparedRequest } from '../prepare-request.ts'
import type { ChangeResult, Evidence, EvidenceReply, Reply } from '../reply.ts'
import type { ListStatus } from './list-status.ts'
import {
  type Agreement,
  combine,
  isStillListed,
  type ProductStatus,
  queryNamed,
  queryOthers,
  settleDelays,
  type QueryStage,
} from './query-list.ts'

/** How much of a call's remaining time a request may take, and the queries before it. */
const REQUEST_SHARE = 0.6
const QUERY_SHARE = 0.25

/** What the hook is reported about a list. */
function factsOf(list: ListStatus): BeforeSendingFacts {
  const { seen } = list
  if (seen === 'not-listed') return { seen, evidence: list.evidence }
  return seen === 'inconclusive' ? { seen, cause: list.cause } : { seen }
}

/** The execution of one change, until its outcome is proven or unknown. */
export class Settlement {
  readonly #request: PreparedRequest
  readonly #agreement: Agreement
  readonly #context: CallContext
  readonly #mode: Exclude<SettleMode, 'never'>
  readonly #counter: Counter = { sent: 0 }
  #mayHaveLanded: boolean
  #wasListed: boolean
  #isFirst = true
  #facts: BeforeSendingFacts = { seen: null }

  constructor(
    request: PreparedRequest,
    query: Api,
    context: CallContext,
    mode: Exclude<SettleMode, 'never'>,
  ) {
    this.#request = request
    this.#agreement = { query, members: request.members }
    this.#context = context
    this.#mode = mode
    this.#mayHaveLanded = context.resume
    this.#wasListed = context.resume
  }

  /**
   * Sends the change, and queries the list until the outcome is proven or time is up.
   *
   * @param isShown whether another list has just shown the agreement, so that it is not queried before.
   */
  async run(isShown = false): Promise<ChangeResult<string, object>> {
    this.#wasListed ||= isShown
    if (isShown) this.#facts = { seen: 'listed' }
    try {
      const found = this.#mode === 'always' && !isShown ? await this.#queryBefore() : undefined
      return found ?? (await this.#execute())
    } catch (error) {
      throw this.#explain(error)
    }
  }

  /**
   * Sends the change for an agreement that the call has seen listed, if the list still has it.
   *
   * @param isFirst whether the call has sent nothing before, for another product.
   * @returns the outcome; or what the list shows, where it is not this call that unbound the agreement.
   */
  async runListed(isFirst: boolean): Promise<ChangeResult<string, object> | ProductStatus> {
    this.#wasListed = true
    this.#isFirst = isFirst
    try {
      return (await this.#queryAfresh()) ?? (await this.#execute())
    } catch (error) {
      if (!this.#isNotFound(error)) throw this.#explain(error)
      return await this.#queryAbsent(error)
    }
  }

  /** How many requests that change something were sent. */
  get sent(): number {
    return this.#counter.sent
  }

  async #execute(): Promise<ChangeResult<string, object>> {
    for (;;) {
      const { reply, error } = await this.#tryOnce()
      if (reply !== undefined) return await this.#confirm(reply)
      const product = await this.#queryAfter(error)
      if (product?.list.seen === 'not-listed') return await this.#conclude(error, product)
      const isTired = this.#counter.sent > this.#context.retries
      if (product?.list.seen !== 'listed' || isTired) throw this.#unknown(error)
    }
  }

  /** Queries the list of an agreement that was listed a moment ago: what is absent needs no change. */
  async #queryAfresh(): Promise<ChangeResult<string, object> | ProductStatus | undefined> {
    const share = this.#context.share(QUERY_SHARE)
    const product = await this.#query('before', share).finally(() => share.dispose())
    const { list } = product
    if (list.seen === 'not-listed') {
      return this.#mayHaveLanded ? this.#result(list.evidence, list.reply) : product
    }
    const ended = this.#context.deadline.failure('no')
    if (ended !== undefined) throw ended
    return undefined
  }

  /** Whether the first request was refused because there is no such agreement. */
  #isNotFound(error: unknown): error is RejectedError {
    const isFirst = !this.#mayHaveLanded && this.#counter.sent > 0
    if (!isFirst || !(error instanceof RejectedError)) return false
    return classify(this.#request.api, error.returnCode ?? '') === 'not-listed'
  }

  /** LianLian denies an agreement that was listed: another call was faster, if the list agrees. */
  async #queryAbsent(error: RejectedError): Promise<ProductStatus> {
    const { deadline, clock } = this.#context
    try {
      for (const delay of [0, ...settleDelays(error)]) {
        await sleepUntil(clock, delay, deadline.signal)
        if (deadline.signal.aborted) break
        const product = await this.#query('after-doubt', deadline)
        if (product.status === 'absent') return product
      }
    } catch (untrusted) {
      throw explainOutcome(this.#request.api, untrusted, this.#counter.sent)
    }
    throw this.#unknown(error)
  }

  /**
   * Queries the list before anything is sent: an agreement of another product is named instead of "not
   * found", and the absence of one that an earlier call saw is the outcome.
   */
  async #queryBefore(): Promise<ChangeResult<string, object> | undefined> {
    const share = this.#context.share(QUERY_SHARE)
    try {
      const product = await this.#query('before', share)
      const { list, status } = product
      if (list.seen === 'not-listed' && this.#wasListed) {
        return this.#result(list.evidence, list.reply)
      }
      const isMissing = status === 'absent' || (status === 'undecided' && !this.#mayHaveLanded)
      if (isMissing) await this.#search(product, share)
    } finally {
      share.dispose()
    }
    const ended = this.#context.deadline.failure('no')
    if (ended !== undefined) throw ended
    return undefined
  }

  /** Sends the change once. A refusal counts only while no earlier request may have landed. */
  async #tryOnce(): Promise<{ reply?: Reply<object>; error?: unknown }> {
    const deadline = this.#context.share(REQUEST_SHARE)
    try {
      const delivered = this.#mayHaveLanded || !this.#isFirst ? 'unknown' : 'no'
      await deadline.cover(beforeSend(this.#context.beforeSending, this.#facts, delivered))
      return { reply: await exchange(this.#request, this.#context, deadline, this.#counter) }
    } catch (error) {
      if (error instanceof CallbackError) throw error
      const meaning = explainOutcome(this.#request.api, error, this.#counter.sent)
      const isDoubt = meaning instanceof UnknownOutcomeError
      const isUntrusted = meaning instanceof SignatureError || meaning instanceof ProtocolError
      if (isUntrusted || (!isDoubt && !this.#mayHaveLanded)) throw error
      this.#mayHaveLanded = true
      return { error }
    } finally {
      deadline.dispose()
    }
  }

  /** Queries the list, with growing delays, until it is conclusive or time is up. */
  async #queryAfter(error: unknown): Promise<ProductStatus | undefined> {
    const { deadline, clock } = this.#context
    for (const delay of settleDelays(error)) {
      await sleepUntil(clock, delay, deadline.signal)
      if (deadline.signal.aborted) break
      const product = await this.#query('after-doubt', deadline)
      const { list } = product
      if (list.seen !== 'inconclusive' || list.final) return product
    }
    return undefined
  }

  /** Checks after a signed success that the card is no longer listed. */
  async #confirm(reply: Reply<object>): Promise<ChangeResult<string, object>> {
    if (this.#mode === 'always') {
      const { deadline, clock } = this.#context
      const query = async () => (await this.#query('after-success', deadline)).list
      if (await isStillListed(query, deadline.signal, clock))
        throw this.#unknown(undefined, { reply })
    }
    return this.#result('signed-reply', reply)
  }

  /** The agreement is not listed: this call unbound it if it has seen it; otherwise it may never have been bound. */
  async #conclude(error: unknown, product: ProductStatus): Promise<ChangeResult<string, object>> {
    const { list } = product
    if (this.#wasListed && list.seen === 'not-listed') {
      return this.#result(list.evidence, list.reply)
    }
    await this.#search(product, this.#context.deadline, error)
    throw this.#unknown(error)
  }

  async #query(stage: QueryStage, deadline: Deadline): Promise<ProductStatus> {
    const product = await queryNamed(this.#agreement, stage, this.#context, deadline)
    this.#facts = factsOf(product.list)
    if (product.status === 'listed') this.#wasListed = true
    return product
  }

  /**
   * Looks for the agreement under the other products. Only where no change was sent is "bound elsewhere"
   * the outcome: an agreement may be bound for several products.
   */
  async #search(named: ProductStatus, deadline: Deadline, error?: unknown): Promise<void> {
    const found = combine([named, ...(await queryOthers(this.#agreement, this.#context, deadline))])
    const { status } = found
    if (status === 'listed') {
      const { payType } = found
      throw this.#mayHaveLanded ? this.#unknown(error, { payType }) : boundElsewhere(payType)
    }
    if (status === 'undecided') throw found.cause
    // The product that the change would go to must say so itself, also where it was only assumed.
    if (status === 'absent' && named.status === 'absent') {
      const { evidence, queried, undecided } = found
      this.#facts = { seen: 'not-listed', evidence, isNowhere: true, queried, undecided }
      return
    }
    this.#facts = { ...this.#facts, isNowhere: false }
  }

  #result(evidence: Evidence, reply: EvidenceReply<object>): ChangeResult<string, object> {
    const { outcome = 'done' } = this.#request.api
    return withoutPrototype({ outcome, evidence, reply, attempts: this.#counter.sent })
  }

  #unknown(cause: unknown, more: Pick<Doubt, 'reply' | 'payType'> = {}): UnknownOutcomeError {
    const attempts = this.#counter.sent
    return unknownOutcome(this.#request.api, {
      attempts,
      lastSeen: this.#facts.seen,
      cause,
      ...more,
    })
  }

  /** The error of the change: if nothing of it was sent, the error belongs to a query. */
  #explain(error: unknown): unknown {
    const { sent } = this.#counter
    if (!this.#mayHaveLanded && sent === 0 && this.#isFirst) return notSent(error)
    if (this.#mayHaveLanded && error instanceof TransportError) return this.#unknown(error)
    return explainOutcome(this.#request.api, error, sent, this.#facts.seen)
  }
}

/** The endpoints that show whether a change happened. */
const QUERIES: Readonly<Record<NonNullable<Api['settledBy']>, Api>> = { 'card.list': cardList }

/** Executes a change, and settles its outcome with the query that its definition names. */
export function callSettled(
  request: PreparedRequest,
  settledBy: NonNullable<Api['settledBy']>,
  context: CallContext,
  mode: Exclude<SettleMode, 'never'>,
): Promise<ChangeResult<string, object>> {
  return new Settlement(request, QUERIES[settledBy], context, mode).run()
}
