import type { JournalEntry, NotificationRequest, SandboxNotification } from './records.ts'

/** A card as the control API has it. */
export interface Card {
  readonly oid_partner?: string
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type?: string
  readonly platform?: string
  readonly card_no?: string
}

/** A scenario that is armed. */
export interface Armed {
  readonly id: number
  readonly scenario: string
  readonly api?: string
  readonly user_id?: string
  readonly no_agree?: string
  readonly next?: number
  readonly percent?: number
}

/** A scenario to arm. */
export type ArmRequest = Omit<Armed, 'id'>

/** A scenario that can be armed. */
export interface AvailableScenario {
  readonly name: string
  readonly summary: string
}

/** What a page compares to notice changes by others. */
export interface Health {
  readonly run: string
  /** The time by the sandbox's clock. */
  readonly now: number
  readonly cards: number
  readonly scenarios: number
  readonly notifications: number
}

/** How to reach the sandbox, and whose signatures it makes and verifies. */
export interface SandboxEnvironment {
  readonly env: Readonly<Record<string, string>>
  readonly keys: PublicKeys
}

/** The public keys of the sandbox, as PEM. */
export interface PublicKeys {
  readonly merchant?: string
  readonly gateway?: string
}

/** A code that was "sent" to a customer's phone. */
export interface Sms {
  readonly token: string
  readonly code: string
  readonly user_id: string
  readonly expiresAt: number
}

/** What the control API refused, or why it could not be reached. */
class ControlFailure extends Error {
  override get name(): 'ControlFailure' {
    return 'ControlFailure'
  }
}

async function failureOf(response: Response): Promise<ControlFailure> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error } = body
    if (typeof error === 'object' && error !== null && 'message' in error) {
      return new ControlFailure(String(error.message))
    }
  }
  return new ControlFailure(`HTTP ${response.status}`)
}

async function send<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const init: RequestInit =
    method === 'GET'
      ? { method }
      : {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body ?? {}),
        }
  const response = await fetch(`/_sandbox/${path}`, init)
  if (!response.ok) throw await failureOf(response)
  return response.status === 204 ? JSON.parse('null') : response.json()
}

/** The sandbox's control API, as far as the page uses it. */
export const controlApi = {
  requests: (after: number) =>
    send<{ requests: JournalEntry[]; last: number; run: string }>('GET', `requests?after=${after}`),
  clearRequests: () => send<null>('DELETE', 'requests'),
  health: () => send<Health>('GET', 'health'),
  env: () => send<SandboxEnvironment>('GET', 'env'),
  cards: () => send<{ cards: Card[] }>('GET', 'cards'),
  bind: (card: Card) => send<unknown>('POST', 'cards', card),
  unbind: (card: Card) => send<unknown>('DELETE', 'cards', card),
  importCards: (csv: string) => send<{ imported: number }>('POST', 'cards/import', { csv }),
  scenarios: () => send<{ scenarios: Armed[]; available: AvailableScenario[] }>('GET', 'scenarios'),
  arm: (scenario: ArmRequest) => send<unknown>('POST', 'scenarios', scenario),
  disarm: (id: number | undefined) =>
    send<null>('DELETE', 'scenarios', id === undefined ? {} : { id }),
  replay: (id: number, members?: Readonly<Record<string, string | null>>) =>
    send<{ request: JournalEntry }>(
      'POST',
      'replay',
      members === undefined ? { id } : { id, members },
    ),
  sms: () => send<{ sms: Sms[] }>('GET', 'sms'),
  notifications: () => send<{ notifications: SandboxNotification[] }>('GET', 'notifications'),
  notify: (request: NotificationRequest) =>
    send<{ notification: SandboxNotification }>('POST', 'notifications', request),
  resend: (id: number) => send<unknown>('POST', 'notifications/resend', { id }),
  reset: () => send<null>('POST', 'reset'),
}
