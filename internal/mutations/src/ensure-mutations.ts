import { CORE, core, type Mutation } from './mutation.ts'

const ENSURE = `${CORE}/client/settle/unbind-everywhere.ts`
const SETTLE = `${CORE}/client/settle/settle.ts`
const PRODUCTS = `${CORE}/client/settle/query-list.ts`
const LIST = `${CORE}/client/list-every-product.ts`
const PROBLEM = `${CORE}/errors/problem.ts`

const ENSURED = core('client/settle/unbind-everywhere')
const LISTED = core('client/list-all')
const PROBLEMS = core('errors/problem')
const JOBS = core('bulk/ensure-jobs')

/** The protections of the calls about all products, and of what an HTTP response says of an error. */
export const ENSURE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a card is unbound although a list is forged',
    file: ENSURE,
    text: 'throw this.#mayHaveLanded() ? explainOutcome(unbind, error, this.#sent) : notSent(error)',
    replacement: 'if (this.#mayHaveLanded()) throw explainOutcome(unbind, error, this.#sent)',
    guards: [ENSURED],
  },
  {
    name: 'a list that proves nothing does not matter after a success',
    file: ENSURE,
    text: "if (found.status === 'inconclusive') throw",
    replacement: "if (found.status === 'inconclusive' && this.#unbound.length === 0) throw",
    guards: [ENSURED],
  },
  {
    name: 'a list that proved nothing is not queried again',
    file: ENSURE,
    text: 'if (open.length > 0 && ',
    replacement: 'if (open.length > 99 && ',
    guards: [ENSURED],
  },
  {
    name: 'a refusal hides that the card was unbound for another product',
    file: ENSURE,
    text: 'error instanceof RejectedError && this.#unbound.length === 0',
    replacement: 'error instanceof RejectedError',
    guards: [ENSURED, JOBS],
  },
  {
    name: 'the strongest evidence is reported for the weakest',
    file: ENSURE,
    text: "['unsigned-query', 'signed-query', 'signed-reply']",
    replacement: "['signed-reply', 'signed-query', 'unsigned-query']",
    guards: [ENSURED],
  },
  {
    name: 'a card that an earlier call sent is reported as not-bound',
    file: ENSURE,
    text: 'if (this.#context.resume) return',
    replacement: 'if (this.#context.resume && this.#sent > 0) return',
    guards: [ENSURED, JOBS],
  },
  {
    name: 'a refusal as unknown is believed while the list shows the card',
    file: SETTLE,
    text: "if (product.status === 'absent') return product",
    replacement: 'if (product.status) return product',
    guards: [ENSURED],
  },
  {
    name: 'a change is sent for a card that its list no longer shows',
    file: SETTLE,
    text: 'this.#result(list.evidence, list.reply) : product',
    replacement: 'this.#result(list.evidence, list.reply) : undefined',
    guards: [ENSURED],
  },
  {
    name: 'a hook that throws hides what was sent for another product',
    file: SETTLE,
    text: "this.#mayHaveLanded || !this.#isFirst ? 'unknown' : 'no'",
    replacement: "this.#mayHaveLanded ? 'unknown' : 'no'",
    guards: [ENSURED],
  },
  {
    name: 'a list without a reply takes the time of the others',
    file: PRODUCTS,
    text: 'context.share(ALL_SHARE / rounds)',
    replacement: 'context.share(1)',
    guards: [ENSURED],
  },
  {
    name: 'a query that failed is reported as a change that may have been sent',
    file: `${CORE}/client/failures.ts`,
    text: "if (error instanceof TransportError && error.delivered !== 'no') {",
    replacement: "if (error instanceof TransportError && error.delivered === 'yes') {",
    guards: [ENSURED],
  },
  {
    name: 'a part of the cards is listed as all of them',
    file: LIST,
    text: 'if (failure !== undefined) throw failure.error',
    replacement: 'if (failure !== undefined && failed.length === lists.length) throw failure.error',
    guards: [LISTED],
  },
  {
    name: 'no cards are listed although no list said so',
    file: LIST,
    text: 'if (failed.length === lists.length) throw',
    replacement: 'if (failed.length > lists.length) throw',
    guards: [LISTED],
  },
  {
    name: 'rows that the signed count denies are listed',
    file: LIST,
    text: "if (offset === '0' && (count",
    replacement: "if (offset === '' && (count",
    guards: [LISTED],
  },
  {
    name: 'an unknown outcome is reported as nothing sent',
    file: PROBLEM,
    text: "delivered === 'no' ? 503 : 504",
    replacement: "delivered === 'yes' ? 504 : 503",
    guards: [PROBLEMS],
  },
  {
    name: "a response repeats an error's text that is not llpay's",
    file: PROBLEM,
    text: "detail: 'The server failed. Whether anything was changed is unknown.'",
    replacement: 'detail: JSON.stringify(error) + String(error)',
    guards: [PROBLEMS],
  },
  {
    name: 'a job that was sent is reported as not-bound',
    file: `${CORE}/bulk/processor.ts`,
    text: "verdict.outcome === 'not-bound' && sends > 0 && ",
    replacement: "verdict.outcome === 'not-bound' && sends < 0 && ",
    guards: [JOBS],
  },
  {
    name: 'a list that LianLian refuses makes a job refused',
    file: `${CORE}/bulk/outcome.ts`,
    text: 'return isOfTheList && !lacksProduct(error, false) ?',
    replacement: 'return isOfTheList && lacksProduct(error, true) ?',
    guards: [JOBS],
  },
]
