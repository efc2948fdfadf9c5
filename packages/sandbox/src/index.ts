/**
 * A LianLian Pay gateway on your own machine.
 *
 * @module @llpay/sandbox
 */
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts'
export { createTestClock, type TestClock } from './clock.ts'
export { isLoopbackName, type HostRule } from './control/refuse-foreign.ts'
export type { PublicKeys } from './control/control-api.ts'
export { readCards } from './control/read-cards.ts'
export type { Check, CheckName } from './gateway/check-request.ts'
export type { Partner } from './gateway/check-signature.ts'
export { formatLogLine } from './journal/format-log-line.ts'
export type { JournalEntry } from './journal/journal.ts'
export type { NotificationDelivery, SendInit, SendLike } from './notifications/deliver.ts'
export { NOTIFICATION_FAULTS, type NotificationFault } from './notifications/faults.ts'
export type { SandboxNotification } from './notifications/notification-log.ts'
export { Notifier, type NotificationRequest } from './notifications/notifier.ts'
export type { ArmedScenario, PlayOptions } from './scenarios/armed-scenarios.ts'
export { SandboxConnectionClosed } from './scenarios/scenarios.ts'
export {
  parseScenario,
  scenarioNames,
  type ParsedScenario,
  type ScenarioName,
  type ScenarioText,
} from './scenarios/parse-scenario.ts'
export {
  SCENARIOS,
  type Scenario,
  type Sent,
  type ScenarioContext,
  type ScenarioResponse,
  type Stage,
} from './scenarios/scenarios.ts'
export { CardBindings, SANDBOX_SMS_CODE, type CardBinding } from './state/card-bindings.ts'
export { SandboxCards, type BoundSandboxCard, type SandboxCard } from './state/sandbox-cards.ts'
export { SandboxState } from './state/sandbox-state.ts'
