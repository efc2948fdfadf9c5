import { batch, computed, signal } from '@preact/signals'

import { summarizeCall, type CallSummary } from '../model/call-summary.ts'
import { passesFilter, type CallFilter } from '../model/filter-calls.ts'
import { groupCalls, type Call } from '../model/group-calls.ts'
import { addEntries, EMPTY_JOURNAL, type Journal } from '../model/journal.ts'
import {
  controlApi,
  type Armed,
  type AvailableScenario,
  type Card,
  type PublicKeys,
  type Sms,
} from '../wire/control-api.ts'
import { followJournal, type Connection } from '../wire/journal-feed.ts'
import type { SandboxNotification } from '../wire/records.ts'

/** A call with what its row shows. */
export interface SummarizedCall {
  readonly call: Call
  readonly summary: CallSummary
}

export const connection = signal<Connection>('connecting')
export const journal = signal<Journal>(EMPTY_JOURNAL)
export const environment = signal<Readonly<Record<string, string>>>({})
export const publicKeys = signal<PublicKeys>({})
export const cards = signal<readonly Card[]>([])
export const armed = signal<readonly Armed[]>([])
export const available = signal<readonly AvailableScenario[]>([])
export const sms = signal<readonly Sms[]>([])
/** The notifications that the sandbox sent, oldest first. */
export const notifications = signal<readonly SandboxNotification[]>([])
/** How far the sandbox's clock is ahead of the browser's, in milliseconds. */
export const clockOffset = signal(0)
export const filter = signal<CallFilter>({ text: '', onlyProblems: false })

const REFRESH_MS = 250
const LOOK_MS = 2000
/** The sandbox keeps as many. */
const NOTIFICATIONS_KEPT = 200

/** Every call, newest first. */
export const calls = computed((): readonly SummarizedCall[] =>
  groupCalls(journal.value.entries)
    .toReversed()
    .flatMap((call) => {
      const summary = summarizeCall(call)
      return summary === undefined ? [] : [{ call, summary }]
    }),
)

/** The calls that the list shows. */
export const shownCalls = computed(() =>
  calls.value.filter(({ call, summary }) => passesFilter(call, summary, filter.value)),
)

let isRefreshing = false
let isStale = false

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

async function fetchState(): Promise<void> {
  const [bound, scenarios, inbox] = await Promise.all([
    controlApi.cards(),
    controlApi.scenarios(),
    controlApi.sms(),
  ])
  batch(() => {
    cards.value = bound.cards
    armed.value = scenarios.scenarios
    available.value = scenarios.available
    sms.value = inbox.sms
  })
}

/**
 * Fetches what requests may have changed: one fetch at a time, and one more a moment later if
 * something came in between, so that a run of many cards costs a few fetches and not thousands.
 */
export async function refreshState(): Promise<void> {
  if (isRefreshing) {
    isStale = true
    return
  }
  isRefreshing = true
  try {
    isStale = false
    await fetchState()
    while (isStale) {
      isStale = false
      await pause(REFRESH_MS)
      await fetchState()
    }
  } catch {
    // The feed notices that the sandbox is gone, and refreshes when it is back.
  } finally {
    isRefreshing = false
  }
}

let notificationChanges = 0

/** Takes up a notification that was sent or changed. */
function takeNotification(changed: SandboxNotification): void {
  notificationChanges += 1
  const others = notifications.value.filter(({ id }) => id !== changed.id)
  notifications.value = [...others, changed]
    .toSorted((left, right) => left.id - right.id)
    .slice(-NOTIFICATIONS_KEPT)
}

/** Fetches all notifications, once more if one was changed meanwhile. */
async function refreshNotifications(): Promise<void> {
  try {
    for (let seen = -1; seen !== notificationChanges;) {
      seen = notificationChanges
      const fetched = await controlApi.notifications()
      if (seen === notificationChanges) notifications.value = fetched.notifications
    }
  } catch {
    // As above.
  }
}

/** Looks whether somebody else, such as the command line, bound cards or armed scenarios. */
async function lookForChanges(): Promise<void> {
  if (document.hidden || connection.value !== 'live') return
  try {
    const health = await controlApi.health()
    clockOffset.value = health.now - Date.now()
    const isSame = health.cards === cards.value.length && health.scenarios === armed.value.length
    if (!isSame) await refreshState()
    if (health.notifications !== notifications.value.length) await refreshNotifications()
  } catch {
    // As above.
  }
}

async function refreshEnvironment(): Promise<void> {
  try {
    const { env, keys } = await controlApi.env()
    batch(() => {
      environment.value = env
      publicKeys.value = keys
    })
  } catch {
    // As above.
  }
}

/** Follows the sandbox from here on. */
export function startSandboxState(): () => void {
  const looking = setInterval(() => void lookForChanges(), LOOK_MS)
  const stop = followJournal({
    known: () => journal.value,
    onEntries(run, entries) {
      const isNewRun = journal.value.run !== run
      journal.value = addEntries(journal.value, run, entries)
      if (isNewRun) void refreshEnvironment()
      void refreshState()
    },
    onNotification: takeNotification,
    onConnection(next) {
      connection.value = next
      if (next !== 'live') return
      void refreshState()
      void refreshNotifications()
    },
  })
  return () => {
    clearInterval(looking)
    stop()
  }
}
