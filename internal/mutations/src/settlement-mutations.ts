import { cli, CORE, core, type Mutation } from './mutation.ts'

const SETTLE = core('client/settle/settle')
const PRODUCTS = core('client/settle/query-list')
const DELIVERED = core('client/delivered')
const PROCESSOR = core('bulk/processor')
const SHARED = core('bulk/customer-lists')

const FORMS = core('api/forms')

/** The protections of what is said about a change's outcome. */
export const SETTLEMENT_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a product is not queried',
    file: `${CORE}/api/fields.ts`,
    text: "['2', '3', 'D', 'P', 'M', 'F', 'N']",
    replacement: "['2', '3', 'D', 'P', 'M', 'F']",
    guards: [PRODUCTS],
  },
  {
    name: 'a refusal of a named product counts as undecided',
    file: `${CORE}/client/settle/list-status.ts`,
    text: 'return !isNamed && NO_SUCH_PRODUCT',
    replacement: 'return NO_SUCH_PRODUCT',
    guards: [PRODUCTS],
  },
  {
    name: 'a card is absent although no list said so',
    file: `${CORE}/client/settle/query-list.ts`,
    text: "if (queried.length === 0) return { status: 'undecided'",
    replacement: "if (products.length === 0) return { status: 'undecided'",
    guards: [PRODUCTS],
  },
  {
    name: 'an inconclusive list does not block the outcome',
    file: `${CORE}/client/settle/query-list.ts`,
    text: 'if (inconclusive !== undefined) return',
    replacement: 'if (inconclusive !== undefined && products.length === 0) return',
    guards: [PRODUCTS, PROCESSOR],
  },
  {
    name: 'a list that is forged does not outweigh one that lists the agreement',
    file: `${CORE}/client/settle/query-list.ts`,
    text: 'if (failures.length > 0) throw failures[0]',
    replacement: 'if (results.length === 0) throw failures[0]',
    guards: [PRODUCTS],
  },
  {
    name: 'a change that was sent is said to be bound elsewhere',
    file: `${CORE}/client/settle/settle.ts`,
    text: 'throw this.#mayHaveLanded ? this.#unknown(error, { payType }) : boundElsewhere(payType)',
    replacement: 'throw boundElsewhere(payType)',
    guards: [SETTLE, PRODUCTS],
  },
  {
    name: 'an earlier attempt that was received is forgotten',
    file: `${CORE}/client/exchange.ts`,
    text: "if (error.delivered !== 'no' || earlier === 'no' || ",
    replacement: "if (error.delivered !== 'no' || earlier !== '' || ",
    guards: [DELIVERED],
  },
  {
    name: 'an earlier call that may have sent the change is forgotten',
    file: `${CORE}/client/execute-call.ts`,
    text: "effect === 'change' && context.resume",
    replacement: "effect === 'change' && context.resume && counter.sent > 9",
    guards: [DELIVERED],
  },
  {
    name: 'the mark is not read again behind the last query',
    file: `${CORE}/bulk/marks.ts`,
    text: 'if (sends === 0 && (await marks.has(jobId))) return undefined',
    replacement: '',
    guards: [PROCESSOR],
  },
  {
    name: 'bulk calls refused what a single call leaves unknown',
    file: `${CORE}/bulk/outcome.ts`,
    text: 'if (error instanceof UnknownOutcomeError) return judgeUnknown(error, hasMark)',
    replacement:
      'if (error instanceof UnknownOutcomeError) return error.cause instanceof RejectedError ? refused(error.cause) : judgeUnknown(error, hasMark)',
    guards: [PROCESSOR],
  },
  {
    name: 'a gateway may ask to wait for years',
    file: `${CORE}/errors/transport-error.ts`,
    text: 'return Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS)',
    replacement: 'return Math.max(0, ms)',
    guards: [DELIVERED],
  },
  {
    name: 'a mangled value is sent',
    file: `${CORE}/api/schema.ts`,
    text: 'if (form !== undefined) rules.push(form)',
    replacement: 'if (form !== undefined && value === form) rules.push(form)',
    guards: [FORMS],
  },
  {
    name: 'an agreement number may have any character',
    file: `${CORE}/api/fields.ts`,
    text: 'const LETTERS = /^[A-Za-z0-9_-]+$/',
    replacement: 'const LETTERS = /^[^&=]+$/u',
    guards: [FORMS],
  },
  {
    name: 'white space around a CSV cell is trimmed, whatever it is',
    file: 'packages/cli/src/bulk/input/read-csv.ts',
    text: "cell.replace(/^ +| +$/g, '')",
    replacement: 'cell.trim()',
    guards: [cli('bulk/input/read-rows')],
  },
  {
    name: 'a run that found no card bound ends well',
    file: 'packages/cli/src/bulk/run/ending.ts',
    text: "allowNotBound ? tally.undecided > 0 : countOf(tally, 'not-bound') > 0",
    replacement: 'tally.undecided > 0',
    guards: [cli('bulk/run/ending')],
  },
  {
    name: 'a card is accepted as not bound although a product could not be queried',
    file: 'packages/cli/src/bulk/run/ending.ts',
    text: 'allowNotBound ? tally.undecided > 0 :',
    replacement: 'allowNotBound ? false :',
    guards: [cli('bulk/run/ending')],
  },
  {
    name: 'a card that a shared list does not show is sent as if it did',
    file: `${CORE}/bulk/customer-lists.ts`,
    text: '.run(isShown)',
    replacement: '.run(true)',
    guards: [SHARED],
  },
  {
    name: 'a shared list shows a card that was begun after it',
    file: `${CORE}/bulk/customer-lists.ts`,
    text: 'for (const { excluded } of customer.lists.values()) excluded.add(no_agree)',
    replacement: '',
    guards: [SHARED],
  },
  {
    name: 'a shared list shows a card that was in flight when it was queried',
    file: `${CORE}/bulk/customer-lists.ts`,
    text: 'new Set(customer.inFlight)',
    replacement: 'new Set()',
    guards: [SHARED],
  },
  {
    name: 'a shared list never becomes old',
    file: `${CORE}/bulk/customer-lists.ts`,
    text: 'const FRESH_MS = 2_000',
    replacement: 'const FRESH_MS = Infinity',
    guards: [SHARED],
  },
  {
    name: 'a shared list that is forged counts as empty',
    file: `${CORE}/bulk/customer-lists.ts`,
    text: 'if (isUntrusted(error)) throw error',
    replacement: '',
    guards: [SHARED],
  },
  {
    name: 'a job that may have been sent before trusts a shared list',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (options.resume === true) lists.begin(job)\n  const api = options.resume === true ? unbind : lists.unbind',
    replacement: 'const api = lists.unbind',
    guards: [SHARED],
  },
]
