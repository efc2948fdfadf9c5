import type { ArmedScenario } from '../scenarios/armed-scenarios.ts'
import type { SandboxState } from '../state/sandbox-state.ts'
import { ControlError } from './control-error.ts'
import { optionalNumber, optionalText, refuseUnknown, textMember } from './read-json.ts'

type Members = Readonly<Record<string, unknown>>

const MEMBERS = ['scenario', 'api', 'user_id', 'no_agree', 'next', 'percent']

function defined<T>(name: string, value: T | undefined): Readonly<Record<string, T>> {
  return value === undefined ? {} : { [name]: value }
}

/** Arms the scenario of a body. */
export function armScenario(state: SandboxState, body: Members): ArmedScenario {
  refuseUnknown(body, MEMBERS)
  return state.scenarios.arm(textMember(body, 'scenario'), {
    ...defined('api', optionalText(body, 'api')),
    ...defined('user_id', optionalText(body, 'user_id')),
    ...defined('no_agree', optionalText(body, 'no_agree')),
    ...defined('next', optionalNumber(body, 'next')),
    ...defined('percent', optionalNumber(body, 'percent')),
  })
}

/** Disarms the scenario with an id, or every one where there is no id. */
export function disarmScenario(state: SandboxState, id: unknown): void {
  if (id === undefined || id === null) {
    state.scenarios.clear()
    return
  }
  const isNumber = typeof id === 'number' || (typeof id === 'string' && /^[0-9]{1,15}$/.test(id))
  if (!isNumber) throw new ControlError(400, 'id takes the number of an armed scenario.')
  if (!state.scenarios.disarm(Number(id))) throw new ControlError(404, 'No such scenario is armed.')
}
