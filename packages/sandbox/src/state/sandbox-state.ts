import type { Clock } from '@llpay/core'

import {
  ArmedScenarios,
  type ArmedScenario,
  type PlayOptions,
} from '../scenarios/armed-scenarios.ts'
import type { ScenarioText } from '../scenarios/parse-scenario.ts'
import { CardBindings } from './card-bindings.ts'
import { SandboxCards, type SandboxCard } from './sandbox-cards.ts'

/** What the sandbox knows, and what it plays. */
export class SandboxState {
  /** The cards that are bound. */
  readonly cards: SandboxCards
  /** The bindings that are waiting for their SMS code, which is always 123456. */
  readonly bindings: CardBindings
  /** The scenarios that are armed. */
  readonly scenarios: ArmedScenarios
  readonly #initial: readonly SandboxCard[]

  constructor(options: {
    readonly oidPartner: string
    readonly clock: Pick<Clock, 'now'>
    readonly cards: readonly SandboxCard[]
    readonly random: () => number
  }) {
    this.#initial = options.cards
    this.cards = new SandboxCards(options.oidPartner)
    this.cards.replace(options.cards)
    this.bindings = new CardBindings(options.clock, this.cards)
    this.scenarios = new ArmedScenarios(options.random)
  }

  /**
   * Arms a scenario: for every request from now on, or for those that the options name. Those with
   * `next` are played first, in the order they were armed. `undefined` goes back to normal.
   *
   * @param target the id of an endpoint, or what the scenario is armed for.
   * @throws {ConfigError} `ERR_CONFIG_INVALID` for an unknown scenario or endpoint, or an argument
   *   that is not valid.
   * @example
   * import type { SandboxState } from '@llpay/sandbox'
   * declare const state: SandboxState
   * state.play('close-after', { api: 'card.unbind', next: 1 })
   */
  play(
    scenario: ScenarioText | undefined,
    target: PlayOptions | string = {},
  ): ArmedScenario | undefined {
    const options = typeof target === 'string' ? { api: target } : target
    if (scenario !== undefined) return this.scenarios.arm(scenario, options)
    this.scenarios.disarmTarget(options)
    return undefined
  }

  /** Binds the cards of the start again, disarms every scenario and forgets every application. */
  reset(): void {
    this.cards.replace(this.#initial)
    this.bindings.clear()
    this.scenarios.clear()
  }
}
