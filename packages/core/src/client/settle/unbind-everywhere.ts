import { defineApi } from '../../api/define-api.ts'
import { noAgree, PAY_TYPES, platform, userId } from '../../api/fields.ts'
import { validateParams } from '../../api/validate-params.ts'
import { list as cardList } from '../../apis/card/list.ts'
import { unbind } from '../../apis/card/unbind.ts'
import { CallbackError } from '../../errors/callback-error.ts'
import { isLLPayError } from '../../errors/is-ll-pay-error.ts'
import type { ErrorText } from '../../errors/ll-pay-error.ts'
import { ProtocolError } from '../../errors/protocol-error.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import { SignatureError } from '../../errors/signature-error.ts'
import { type LastSeen, UnknownOutcomeError } from '../../errors/unknown-outcome-error.ts'
import { withoutPrototype } from '../../json/json-value.ts'
import type { CallContext } from '../call-context.ts'
import { explainOutcome, notSent } from '../failures.ts'
import { prepareRequest } from '../prepare-request.ts'
import { type ChangeResult, type Evidence, type EvidenceReply, STEPS } from '../reply.ts'
import { type Agreement, causeOf, combine, type ProductStatus, queryEach } from './query-list.ts'
import { Settlement } from './settle.ts'

/** The outcome of `ensureUnbound`. */
export type EnsureUnboundResult =
  | {
      /** This call unbound the card. */
      readonly outcome: 'unbound'
      /**
       * The products (`pay_type`) that it was unbound for. Empty after `resume`, if no list showed the card
       * any more.
       */
      readonly payTypes: readonly string[]
      /** What proves it: the weakest of the proofs, where there are several. */
      readonly evidence: Evidence
      /** The last reply that proves it. */
      readonly reply: EvidenceReply<object>
      /** How many requests that change something were sent, for all products together. */
      readonly attempts: number
      /** The products that the merchant, or the list, does not have: no list says anything of them. */
      readonly undecided: readonly string[]
    }
  | {
      /**
       * The card is bound for none of the products in `queried`. A wrong `user_id` or `platform` ends
       * like this too.
       */
      readonly outcome: 'not-bound'
      /** The products whose lists said that the card is absent. */
      readonly queried: readonly string[]
      /** The products that the merchant, or the list, does not have: no list says anything of them. */
      readonly undecided: readonly string[]
      /** What proves it: the weakest of the lists that were queried. */
      readonly evidence: Exclude<Evidence, 'signed-reply'>
    }

/** From the weakest to the strongest. */
const EVIDENCE: readonly Evidence[] = ['unsigned-query', 'signed-query', 'signed-reply']

const INCONCLUSIVE = 'Its list proves nothing.'
const NOTHING_SENT: ErrorText = {
  reason: 'outcome.lists-inconclusive',
  message:
    'Whether the card is bound is unknown, and nothing was sent: no list shows it, but the list of at least one product proves nothing.',
  hint: 'Call again later.',
}

interface UnboundProduct {
  readonly payType: string
  readonly result: ChangeResult<string, object>
}

/** The unbinding of one agreement for every product. */
class UnbindEverywhere {
  readonly #params: Readonly<Record<string, string>>
  readonly #context: CallContext
  readonly #agreement: Agreement
  readonly #products = new Map<string, ProductStatus>()
  readonly #unbound: UnboundProduct[] = []
  #sent = 0

  constructor(params: object, context: CallContext) {
    this.#params = validateParams(unbindEverywhere, params)
    this.#context = context
    this.#agreement = { query: cardList, members: this.#params }
  }

  async run(): Promise<EnsureUnboundResult> {
    await this.#query(this.#context.payTypes ?? PAY_TYPES)
    await this.#unbindListed()
    const open = this.#with('inconclusive')
    if (open.length > 0 && !this.#context.deadline.signal.aborted) {
      await this.#query(open)
      await this.#unbindListed()
    }
    return this.#conclude()
  }

  #with(status: ProductStatus['status']): string[] {
    const products = [...this.#products.values()]
    return products.filter((each) => each.status === status).map(({ payType }) => payType)
  }

  async #query(payTypes: readonly string[]): Promise<void> {
    try {
      const products = await queryEach(this.#agreement, payTypes, this.#context)
      for (const product of products) this.#products.set(product.payType, product)
    } catch (error) {
      throw this.#mayHaveLanded() ? explainOutcome(unbind, error, this.#sent) : notSent(error)
    }
  }

  async #unbindListed(): Promise<void> {
    for (const payType of this.#with('listed')) await this.#unbind(payType)
  }

  async #unbind(payType: string): Promise<void> {
    const { deadline, parts } = this.#context
    let settlement: Settlement | undefined
    try {
      const { user_id = '', no_agree = '', ...rest } = this.#params
      const params = { user_id, no_agree, pay_type: payType, ...rest }
      const request = await deadline.cover(prepareRequest(unbind, params, parts))
      settlement = new Settlement(request, cardList, this.#context, 'always')
      const ended = await settlement.runListed(this.#sent === 0)
      if ('outcome' in ended) {
        this.#products.delete(payType)
        this.#unbound.push({ payType, result: ended })
      } else {
        this.#products.set(payType, ended)
      }
    } catch (error) {
      throw this.#explain(error, payType, settlement?.sent)
    } finally {
      this.#sent += settlement?.sent ?? 0
    }
  }

  #mayHaveLanded(): boolean {
    return this.#sent > 0 || this.#context.resume
  }

  /** What the failure of one product means for the call: other products stay unbound. */
  #explain(error: unknown, payType: string, sent = 0): unknown {
    if (!isLLPayError(error)) return error
    if (error instanceof UnknownOutcomeError) {
      const { lastSeen, cause, reply, message } = error
      return this.#unknown(message, { payType, sent, lastSeen, cause, reply })
    }
    const isSaid = [SignatureError, ProtocolError, CallbackError].some(
      (kind) => error instanceof kind,
    )
    const isRefused = error instanceof RejectedError && this.#unbound.length === 0
    if (isSaid || isRefused || !this.#mayHaveLanded()) return error
    return this.#unknown(error.message, { payType, sent, lastSeen: 'listed', cause: error })
  }

  #unknown(
    why: string,
    {
      payType,
      sent = 0,
      ...doubt
    }: {
      readonly payType: string
      readonly sent?: number
      readonly lastSeen: LastSeen
      readonly cause: unknown
      readonly reply?: object | undefined
    },
  ): UnknownOutcomeError {
    const done = this.#unbound.map((each) => each.payType).join(', ')
    const rest = done === '' ? '' : ` For pay_type ${done} it is unbound.`
    const text = {
      reason: 'outcome.unknown-for-product',
      message: `Whether the card is unbound for pay_type ${payType} is unknown.${rest} ${why}`,
      hint: 'Call ensureUnbound again: it queries the lists first.',
      params: { payType, done },
    }
    return new UnknownOutcomeError(text, { attempts: this.#sent + sent, payType, ...doubt })
  }

  #conclude(): EnsureUnboundResult {
    const found = combine([...this.#products.values()])
    if (found.status === 'inconclusive') throw this.#undecidable('inconclusive')
    const undecided = this.#with('undecided')
    if (this.#unbound.length > 0) {
      const payTypes = this.#unbound.map(({ payType }) => payType)
      return this.#result(
        payTypes,
        this.#unbound.map(({ result }) => result),
      )
    }
    // No list said that the card is absent, so nothing proves it.
    if (found.status !== 'absent') throw this.#undecidable('undecided')
    if (this.#context.resume) return this.#result([], this.#absences())
    const { queried, evidence } = found
    return withoutPrototype({ outcome: 'not-bound', queried, undecided, evidence })
  }

  #result(
    payTypes: readonly string[],
    proofs: readonly Pick<ChangeResult<string, object>, 'evidence' | 'reply'>[],
  ): EnsureUnboundResult {
    const evidence = EVIDENCE.find((each) => proofs.some((proof) => proof.evidence === each))
    const last = proofs.at(-1)
    if (evidence === undefined || last === undefined) throw new Error('no proof of an outcome')
    const { reply } = last
    const undecided = this.#with('undecided')
    const attempts = this.#sent
    return withoutPrototype({ outcome: 'unbound', payTypes, evidence, reply, attempts, undecided })
  }

  #absences() {
    return [...this.#products.values()].flatMap(({ list }) =>
      list.seen === 'not-listed' ? [list] : [],
    )
  }

  /** The error for products that keep the outcome open: the first of them that says why. */
  #undecidable(status: 'inconclusive' | 'undecided'): unknown {
    const open = [...this.#products.values()].filter((product) => product.status === status)
    const product = open.find((each) => causeOf(each) !== undefined) ?? open[0]
    const { payType = '' } = product ?? {}
    const cause = this.#context.deadline.failure('no') ?? causeOf(product)
    if (this.#mayHaveLanded()) {
      const why = cause instanceof Error ? cause.message : INCONCLUSIVE
      return this.#unknown(why, { payType, lastSeen: 'inconclusive', cause })
    }
    if (cause !== undefined) return notSent(cause)
    const doubt = {
      attempts: 0,
      lastSeen: 'inconclusive',
      cause,
      payType,
      delivered: 'no',
    } as const
    return new UnknownOutcomeError(NOTHING_SENT, doubt)
  }
}

/** Unbinds a card for every product that lists it. */
export const unbindEverywhere = /* @__PURE__ */ defineApi({
  ...unbind,
  id: 'card.ensure-unbound',
  params: { user_id: userId, no_agree: noAgree, platform: { ...platform, optional: true } },
  [STEPS]: (params: object, context: CallContext): Promise<EnsureUnboundResult> =>
    new UnbindEverywhere(params, context).run(),
})
