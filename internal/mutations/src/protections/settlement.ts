import { always, choose, never, remove, replace, unwrap } from '../changes.ts'
import { CORE, core, type Mutation } from '../mutation.ts'
import { argument, call, element, operand, statement, value } from '../places.ts'

const SETTLE = core('client/settle/settle')
const PRODUCTS = core('client/settle/query-list')
const DELIVERED = core('client/delivered')
const PROCESSOR = core('bulk/processor')
const SHARED = core('bulk/customer-lists')

const FORMS = core('api/forms')

/** The protections of what is said about a change's outcome. */
export const SETTLEMENT: readonly Mutation[] = [
  {
    name: 'a product is not queried',
    file: `${CORE}/api/fields.ts`,
    in: 'PAY_TYPES',
    change: remove(element("'N'")),
    guards: [PRODUCTS],
  },
  {
    name: 'a refusal of a named product counts as undecided',
    file: `${CORE}/client/settle/list-status.ts`,
    in: 'lacksProduct',
    change: remove(operand('isNamed')),
    guards: [PRODUCTS],
  },
  {
    name: 'a card is absent although no list said so',
    file: `${CORE}/client/settle/query-list.ts`,
    in: 'combine',
    change: never('queried'),
    guards: [PRODUCTS],
  },
  {
    name: 'an inconclusive list does not block the outcome',
    file: `${CORE}/client/settle/query-list.ts`,
    in: 'combine',
    change: never('inconclusive'),
    guards: [PRODUCTS, PROCESSOR],
  },
  {
    name: 'a list that is forged does not outweigh one that lists the agreement',
    file: `${CORE}/client/settle/query-list.ts`,
    in: 'threeAtATime',
    change: remove(statement('throw', 'failures')),
    guards: [PRODUCTS],
  },
  {
    name: 'a change that was sent is said to be bound elsewhere',
    file: `${CORE}/client/settle/settle.ts`,
    in: 'Settlement.#search',
    change: choose('whenFalse', '#mayHaveLanded'),
    guards: [SETTLE, PRODUCTS],
  },
  {
    name: 'an earlier attempt that was received is forgotten',
    file: `${CORE}/client/exchange.ts`,
    in: 'overAllAttempts',
    change: always('earlier'),
    guards: [DELIVERED],
  },
  {
    name: 'an earlier call that may have sent the change is forgotten',
    file: `${CORE}/client/execute-call.ts`,
    in: 'callUnsettled',
    change: replace(value('mayHaveLanded'), 'false'),
    guards: [DELIVERED],
  },
  {
    name: 'the mark is not read again behind the last query',
    file: `${CORE}/bulk/marks.ts`,
    in: 'keepDenial',
    change: never('sends', 'has'),
    guards: [PROCESSOR],
  },
  {
    name: 'bulk calls refused what a single call leaves unknown',
    file: `${CORE}/bulk/outcome.ts`,
    in: 'outcomeOfError',
    change: replace(
      call('judgeUnknown'),
      'error.cause instanceof RejectedError ? refused(error.cause) : judgeUnknown(error, hasMark)',
    ),
    guards: [PROCESSOR],
  },
  {
    name: 'a gateway may ask to wait for years',
    file: `${CORE}/errors/transport-error.ts`,
    in: 'boundedMs',
    change: unwrap('min'),
    guards: [DELIVERED],
  },
  {
    name: 'a mangled value is sent',
    file: `${CORE}/api/schema.ts`,
    in: 'brokenRules',
    change: never('form'),
    guards: [FORMS],
  },
  {
    name: 'an agreement number may have any character',
    file: `${CORE}/api/fields.ts`,
    in: 'LETTERS',
    change: replace(value('LETTERS'), '/^[^&=]+$/u'),
    guards: [FORMS],
  },
  {
    name: 'a card that a shared list does not show is sent as if it did',
    file: `${CORE}/bulk/customer-lists.ts`,
    in: 'CustomerLists.#unbind',
    change: replace(argument('run'), 'true'),
    guards: [SHARED],
  },
  {
    name: 'a shared list shows a card that was begun after it',
    file: `${CORE}/bulk/customer-lists.ts`,
    in: 'CustomerLists.begin',
    change: remove(statement('excluded', 'add')),
    guards: [SHARED],
  },
  {
    name: 'a shared list shows a card that was in flight when it was queried',
    file: `${CORE}/bulk/customer-lists.ts`,
    in: 'CustomerLists.#query',
    change: replace(value('excluded'), 'new Set()'),
    guards: [SHARED],
  },
  {
    name: 'a shared list never becomes old',
    file: `${CORE}/bulk/customer-lists.ts`,
    in: 'FRESH_MS',
    change: replace(value('FRESH_MS'), 'Infinity'),
    guards: [SHARED],
  },
  {
    name: 'a shared list that is forged counts as empty',
    file: `${CORE}/bulk/customer-lists.ts`,
    in: 'queryShown',
    change: never('isUntrusted'),
    guards: [SHARED],
  },
  {
    name: 'a job that may have been sent before trusts a shared list',
    file: `${CORE}/bulk/processor.ts`,
    in: 'unbindOne',
    change: [remove(statement('begin')), choose('whenFalse', 'resume')],
    guards: [SHARED],
  },
]
