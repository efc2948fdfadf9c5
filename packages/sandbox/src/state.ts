import { BoundCards } from './bound-cards.ts'
import { CardBindings } from './card-bindings.ts'

/** One request that the sandbox answered. */
export interface SandboxRequest {
  /** When it came, in milliseconds since 1970, by the sandbox's clock. */
  readonly at: number
  /** The endpoint's id. */
  readonly api: string
  /** The members that were received, as far as they were text. Empty where the gate refused. */
  readonly members: Readonly<Record<string, string>>
  /** The return code that processing came to, whatever was then sent. */
  readonly ret_code: string | undefined
  /** The scenario that was played. */
  readonly scenario: string
}

/** What the sandbox knows, and what it is told to play. */
export class SandboxState {
  /** The cards that are bound. */
  readonly cards: BoundCards = new BoundCards()
  /** The bindings that wait for the code of their SMS, which is always 123456. */
  readonly bindings: CardBindings
  readonly #byApi = new Map<string, string>()
  #scenario: string | undefined

  constructor(clock: () => number = Date.now) {
    this.bindings = new CardBindings(clock)
  }

  /** The scenario for a request of an endpoint that does not ask for one in its header. */
  scenarioFor(api: string): string | undefined {
    return this.#byApi.get(api) ?? this.#scenario
  }

  /**
   * Plays a scenario from now on, for every endpoint or for one alone; `undefined` goes back to
   * usual.
   */
  play(scenario: string | undefined, api?: string): void {
    if (api === undefined) this.#scenario = scenario
    else if (scenario === undefined) this.#byApi.delete(api)
    else this.#byApi.set(api, scenario)
  }
}
