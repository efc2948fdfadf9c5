import { always, choose, narrow, never, remove, replace } from '../changes.ts'
import { CORE, core, type Mutation } from '../mutation.ts'
import { argument, condition, operand, statement, token, whenFalse } from '../places.ts'

const ENSURE = `${CORE}/client/settle/unbind-everywhere.ts`
const SETTLE = `${CORE}/client/settle/settle.ts`
const QUERY_LIST = `${CORE}/client/settle/query-list.ts`
const LIST = `${CORE}/client/list-every-product.ts`
const PROBLEM = `${CORE}/errors/problem.ts`

const ENSURED = core('client/settle/unbind-everywhere')
const LISTED = core('client/list-all')
const PROBLEMS = core('errors/problem')
const JOBS = core('bulk/ensure-jobs')

/** The protections of the calls about all products, and of what an HTTP response says of an error. */
export const PRODUCTS: readonly Mutation[] = [
  {
    name: 'a card is unbound although a list is forged',
    file: ENSURE,
    in: 'UnbindEverywhere.#query',
    change: remove(statement('explainOutcome')),
    guards: [ENSURED],
  },
  {
    name: 'a list that proves nothing does not matter after a success',
    file: ENSURE,
    in: 'UnbindEverywhere.#conclude',
    change: narrow(condition("'inconclusive'"), 'this.#unbound.length === 0'),
    guards: [ENSURED],
  },
  {
    name: 'a list that proved nothing is not queried again',
    file: ENSURE,
    in: 'UnbindEverywhere.run',
    change: never('open'),
    guards: [ENSURED],
  },
  {
    name: 'a refusal hides that the card was unbound for another product',
    file: ENSURE,
    in: 'UnbindEverywhere.#explain',
    change: remove(operand('#unbound')),
    guards: [ENSURED, JOBS],
  },
  {
    name: 'the strongest evidence is reported for the weakest',
    file: ENSURE,
    in: 'UnbindEverywhere.#result',
    change: replace(token('find'), 'findLast'),
    guards: [ENSURED],
  },
  {
    name: 'a card that an earlier call sent is reported as not-bound',
    file: ENSURE,
    in: 'UnbindEverywhere.#conclude',
    change: never('resume'),
    guards: [ENSURED, JOBS],
  },
  {
    name: 'a refusal as unknown is believed while the list shows the card',
    file: SETTLE,
    in: 'Settlement.#queryAbsent',
    change: always("'absent'"),
    guards: [ENSURED],
  },
  {
    name: 'a change is sent for a card that its list no longer shows',
    file: SETTLE,
    in: 'Settlement.#queryAfresh',
    change: replace(whenFalse('#mayHaveLanded'), 'undefined'),
    guards: [ENSURED],
  },
  {
    name: 'a hook that throws hides what was sent for another product',
    file: SETTLE,
    in: 'Settlement.#tryOnce',
    change: remove(operand('#isFirst')),
    guards: [ENSURED],
  },
  {
    name: 'a list without a reply takes the time of the others',
    file: QUERY_LIST,
    in: 'queryEach',
    change: replace(argument('share'), '1'),
    guards: [ENSURED],
  },
  {
    name: 'a query that failed is reported as a change that may have been sent',
    file: `${CORE}/client/failures.ts`,
    in: 'notSent',
    change: narrow(condition('TransportError'), "error.delivered === 'yes'"),
    guards: [ENSURED],
  },
  {
    name: 'a part of the cards is listed as all of them',
    file: LIST,
    in: 'listAllProducts',
    change: narrow(condition('failure'), 'failed.length === lists.length'),
    guards: [LISTED],
  },
  {
    name: 'no cards are listed although no list said so',
    file: LIST,
    in: 'listAllProducts',
    change: never('failed', 'lists'),
    guards: [LISTED],
  },
  {
    name: 'rows that the signed count denies are listed',
    file: LIST,
    in: 'readCards',
    change: never('offset'),
    guards: [LISTED],
  },
  {
    name: 'an unknown outcome is reported as nothing sent',
    file: PROBLEM,
    in: 'unlessSent',
    change: choose('whenTrue', 'delivered'),
    guards: [PROBLEMS],
  },
  {
    name: "a response repeats an error's text that is not llpay's",
    file: PROBLEM,
    in: 'toProblem',
    change: never('isLLPayError'),
    guards: [PROBLEMS],
  },
  {
    name: 'a job that was sent is reported as not-bound',
    file: `${CORE}/bulk/processor.ts`,
    in: 'attempt',
    change: never("'not-bound'"),
    guards: [JOBS],
  },
  {
    name: 'a list that LianLian refuses makes a job refused',
    file: `${CORE}/bulk/outcome.ts`,
    in: 'judgeRejection',
    change: choose('whenFalse', 'isOfTheList'),
    guards: [JOBS],
  },
]
