/**
 * A LianLian Pay gateway on your own machine.
 *
 * @module @llpay/sandbox
 */
export { BoundCards, type BoundCard } from './bound-cards.ts'
export { CardBindings, SANDBOX_SMS_CODE, type CardBinding } from './card-bindings.ts'
export { SandboxConnectionClosed } from './connection-closed.ts'
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts'
export type { Partner } from './partner.ts'
export { findScenario, SCENARIOS, type Scenario, type Stage } from './scenarios.ts'
export { SandboxState, type SandboxRequest } from './state.ts'
