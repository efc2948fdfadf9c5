import { batch } from '@preact/signals'

import { controlApi, type ArmRequest, type Card } from '../wire/control-api.ts'
import { journal, notifications, refreshState } from './sandbox-state.ts'
import { followLatest } from './selection.ts'

/** Sends a request once more, with other members if they are given. */
export async function replay(
  id: number,
  members?: Readonly<Record<string, string | null>>,
): Promise<void> {
  await controlApi.replay(id, members)
  followLatest()
}

/** Forgets every request. */
export async function clearJournal(): Promise<void> {
  await controlApi.clearRequests()
  batch(() => {
    followLatest()
    journal.value = { ...journal.value, entries: [] }
  })
}

/** Binds a card. */
export async function bindCard(card: Card): Promise<void> {
  await controlApi.bind(card)
  await refreshState()
}

/** Removes a card, as if its customer had done so elsewhere. */
export async function unbindCard(card: Card): Promise<void> {
  await controlApi.unbind(card)
  await refreshState()
}

/** Binds the cards of a CSV text; returns how many. */
export async function importCards(csv: string): Promise<number> {
  const { imported } = await controlApi.importCards(csv)
  await refreshState()
  return imported
}

/** Makes the gateway misbehave. */
export async function armScenario(scenario: ArmRequest): Promise<void> {
  await controlApi.arm(scenario)
  await refreshState()
}

/** Ends one scenario, or all of them. */
export async function disarmScenario(id?: number): Promise<void> {
  await controlApi.disarm(id)
  await refreshState()
}

/** Takes the sandbox back to how it started. */
export async function resetSandbox(): Promise<void> {
  await controlApi.reset()
  batch(() => {
    followLatest()
    journal.value = { ...journal.value, entries: [] }
    notifications.value = []
  })
  await refreshState()
}
