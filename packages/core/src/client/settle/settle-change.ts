import type { Api } from '../../api/define-api.ts'
import { isLLPayError } from '../../errors/is-ll-pay-error.ts'
import type { Delivered } from '../../errors/ll-pay-error.ts'
import { ProtocolError } from '../../errors/protocol-error.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import { SignatureError } from '../../errors/signature-error.ts'
import { UnknownOutcomeError } from '../../errors/unknown-outcome-error.ts'
import { announce, Held, type Look } from '../before-sending.ts'
import { sleepUntil } from '../clock.ts'
import type { Deadline } from '../deadline.ts'
import { exchange, type Counter } from '../exchange.ts'
import { explainOutcome, unknownOutcome } from '../explain-outcome.ts'
import type { PreparedRequest } from '../prepare-request.ts'
import type { ChangeResult, Evidence, EvidenceReply, Reply } from '../reply.ts'
import type { Session } from '../session.ts'
import { withoutPrototype } from '../without-prototype.ts'
import { askList, findElsewhere, type Agreement, type Stage } from './ask-list.ts'
import { settleDelays } from './settle-delays.ts'
import type { SettleMode } from './settle-mode.ts'
import { stillListed } from './still-listed.ts'
import type { Verdict } from './verdict.ts'

/** Of what is left of the call: how much a request may take, and how much the question before it. */
const REQUEST_SHARE = 0.6
const QUESTION_SHARE = 0.25

/** What a verdict tells the caller. */
function lookOf(verdict: Verdict): Look {
  const { seen } = verdict
  if (seen === 'not-listed') return { seen, evidence: verdict.evidence }
  return seen === 'inconclusive' ? { seen, cause: verdict.cause } : { seen }
}

/** A change on its way to a proven outcome. */
export class Settlement {
  readonly #request: PreparedRequest
  readonly #agreement: Agreement
  readonly #session: Session
  readonly #mode: Exclude<SettleMode, 'never'>
  readonly #counter: Counter = { sent: 0 }
  #mayHaveLanded: boolean
  #wasListed: boolean
  #look: Look = { seen: null }

  constructor(
    request: PreparedRequest,
    query: Api,
    session: Session,
    mode: Exclude<SettleMode, 'never'>,
  ) {
    this.#request = request
    this.#agreement = { query, members: request.members }
    this.#session = session
    this.#mode = mode
    this.#mayHaveLanded = session.resume
    this.#wasListed = session.resume
  }

  /** Carries the change out, and asks until its outcome is proven or time is up. */
  async run(): Promise<ChangeResult<string, object>> {
    try {
      const found = this.#mode === 'always' ? await this.#askBefore() : undefined
      if (found !== undefined) return found
      for (;;) {
        const { reply, error } = await this.#tryOnce()
        if (reply !== undefined) return await this.#confirm(reply)
        const verdict = await this.#askAfter(error)
        if (verdict.seen === 'not-listed') return await this.#conclude(error, verdict)
        const tired = this.#counter.sent > this.#session.retries
        if (verdict.seen === 'inconclusive' || tired) throw this.#unknown(error)
      }
    } catch (error) {
      throw this.#explain(error)
    }
  }

  /**
   * Looks before anything is sent: an agreement of another product is named, not "not found", and one
   * that an earlier call saw and that is gone is the outcome.
   */
  async #askBefore(): Promise<ChangeResult<string, object> | undefined> {
    const share = this.#session.share(QUESTION_SHARE)
    try {
      const verdict = await this.#ask('before', share)
      if (verdict.seen === 'not-listed') {
        if (this.#wasListed) return this.#result(verdict.evidence, verdict.reply)
        await this.#refuseElsewhere('no', share)
      }
    } finally {
      share.dispose()
    }
    const ended = this.#session.deadline.failure('no')
    if (ended !== undefined) throw ended
    return undefined
  }

  /** Sends the change once. A refusal counts only while no earlier request may have landed. */
  async #tryOnce(): Promise<{ reply?: Reply<object>; error?: unknown }> {
    const deadline = this.#session.share(REQUEST_SHARE)
    try {
      await deadline.cover(announce(this.#session.beforeSending, this.#look))
      return { reply: await exchange(this.#request, this.#session, deadline, this.#counter) }
    } catch (error) {
      if (error instanceof Held) throw error
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

  /** Asks the list, with growing pauses, until it gives a verdict or time is up. */
  async #askAfter(error: unknown): Promise<Verdict> {
    const { deadline, clock } = this.#session
    for (const delay of settleDelays(error)) {
      await sleepUntil(clock, delay, deadline.signal)
      if (deadline.signal.aborted) break
      const verdict = await this.#ask('after-doubt', deadline)
      if (verdict.seen !== 'inconclusive' || verdict.final) return verdict
    }
    return { seen: 'inconclusive', final: true }
  }

  /** Makes sure after a signed success that the card is gone from the list. */
  async #confirm(reply: Reply<object>): Promise<ChangeResult<string, object>> {
    if (this.#mode === 'always') {
      const { deadline, clock } = this.#session
      const ask = () => this.#ask('after-success', deadline)
      if (await stillListed(ask, deadline.signal, clock)) throw this.#unknown(undefined, reply)
    }
    return this.#result('signed-reply', reply)
  }

  /** The agreement is not listed: it is gone if this call has seen it; else it may never have been. */
  async #conclude(
    error: unknown,
    { evidence, reply }: Extract<Verdict, { seen: 'not-listed' }>,
  ): Promise<ChangeResult<string, object>> {
    if (this.#wasListed) return this.#result(evidence, reply)
    await this.#refuseElsewhere('unknown', this.#session.deadline)
    throw this.#unknown(error)
  }

  async #ask(stage: Stage, deadline: Deadline): Promise<Verdict> {
    const verdict = await askList(this.#agreement, stage, this.#session, deadline)
    this.#look = lookOf(verdict)
    if (verdict.seen === 'listed') this.#wasListed = true
    return verdict
  }

  async #refuseElsewhere(delivered: Delivered, deadline: Deadline): Promise<void> {
    const { payType, isSure } = await findElsewhere(this.#agreement, this.#session, deadline)
    this.#look = { ...this.#look, isNowhere: isSure }
    if (payType === undefined) return
    throw new RejectedError(
      'ERR_AGREEMENT_ELSEWHERE',
      'The agreement is bound, but for another product than the one named. Call again with the pay_type of this error.',
      { category: 'not-found', signature: 'verified', payType },
      { delivered },
    )
  }

  #result(evidence: Evidence, reply: EvidenceReply<object>): ChangeResult<string, object> {
    const { outcome = 'done' } = this.#request.api
    return withoutPrototype({ outcome, evidence, reply, attempts: this.#counter.sent })
  }

  #unknown(cause: unknown, reply?: Reply<object>): UnknownOutcomeError {
    const attempts = this.#counter.sent
    return unknownOutcome(this.#request.api, { attempts, lastSeen: this.#look.seen, cause, reply })
  }

  /** Where nothing of the change was sent, an error of the question is not one of the change. */
  #explain(error: unknown): unknown {
    const { sent } = this.#counter
    const { seen } = this.#look
    if (error instanceof Held) return sent === 0 ? error.cause : this.#unknown(error.cause)
    if (sent === 0 && isLLPayError(error)) return error
    return explainOutcome(this.#request.api, error, sent, seen)
  }
}
