import type { CallsPast, Told } from './run-calls.ts'

/** What must hold of every single call. */
interface CallRule {
  readonly name: string
  /** Whether a call broke it; the gateway's memory says what is true. */
  readonly isBroken: (told: Told, past: CallsPast) => boolean
}

const unbound = ({ gateway }: CallsPast, no_agree: string, before = Infinity) =>
  gateway.deeds.some(
    (deed) => deed.what === 'unbound' && deed.no_agree === no_agree && deed.place < before,
  )

/** The products that are queried where none is named. */
const PRODUCTS = ['2', '3', 'D', 'P', 'M', 'F', 'N']

const ELSEWHERE = 'ERR_AGREEMENT_ELSEWHERE'

/** The promises of the product for single calls. */
export const CALL_RULES: readonly CallRule[] = [
  {
    name: 'unbound only where this call has unbound it',
    isBroken: ({ said, no_agree, place }, past) =>
      said === 'unbound' && !unbound(past, no_agree, place),
  },
  {
    name: 'refused only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === 'ERR_REJECTED' && unbound(past, no_agree),
  },
  {
    name: 'bound elsewhere only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === ELSEWHERE && unbound(past, no_agree),
  },
  {
    name: 'not-bound only where this call unbinds nothing',
    isBroken: ({ said, no_agree }, past) => said === 'not-bound' && unbound(past, no_agree),
  },
  {
    name: 'a card is bound for no product once a call about all of them has an outcome',
    isBroken: ({ undecided, no_agree }, { gateway }) =>
      undecided !== undefined &&
      PRODUCTS.some((each) => !undecided.includes(each) && gateway.isBound(no_agree, each)),
  },
  {
    name: 'a change is not delivered only where no byte of it was sent',
    isBroken: ({ call, delivered, no_agree }, { flights }) =>
      call !== 'list' &&
      delivered === 'no' &&
      flights.some(
        (flight) =>
          flight.no_agree === no_agree &&
          flight.asked === 'change' &&
          flight.writtenAt !== undefined,
      ),
  },
  {
    name: 'a read is not delivered only where no byte of it was sent',
    isBroken: ({ call, delivered, no_agree }, { flights }) =>
      call === 'list' &&
      delivered === 'no' &&
      flights.some((flight) => flight.no_agree === no_agree && flight.writtenAt !== undefined),
  },
  {
    name: 'every call ends, with an outcome or an error of llpay',
    isBroken: ({ isError, delivered }) => isError && delivered === undefined,
  },
]

/** The calls that never ended. */
export const unended = ({ plan, told }: CallsPast): readonly string[] =>
  plan.calls.length === told.length ? [] : ['a call did not end']
