import type { Gateway } from '../gateway/gateway.ts'
import type { Journal } from '../journal/journal.ts'
import type { NotificationLog } from '../notifications/notification-log.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { ArmedScenario } from '../scenarios/armed-scenarios.ts'
import { scenarioNames } from '../scenarios/parse-scenario.ts'
import { SCENARIOS } from '../scenarios/scenarios.ts'
import { SANDBOX_SMS_CODE } from '../state/card-bindings.ts'
import type { SandboxState } from '../state/sandbox-state.ts'
import { ControlError } from './control-error.ts'
import { resendNotification, sendNotification } from './notify.ts'
import {
  type JsonMembers,
  optionalNumber,
  optionalText,
  refuseUnknown,
  textMember,
  readJson,
} from './read-body.ts'
import { readCard, readCards } from './read-cards.ts'
import { replay } from './replay.ts'
import { streamEvents } from './stream-events.ts'

const MEMBERS = ['scenario', 'api', 'user_id', 'no_agree', 'next', 'percent']

function defined<T>(name: string, value: T | undefined): Readonly<Record<string, T>> {
  return value === undefined ? {} : { [name]: value }
}

/** Arms the scenario that a body describes. */
function armScenario(state: SandboxState, body: JsonMembers): ArmedScenario {
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
function disarmScenario(state: SandboxState, id: unknown): void {
  if (id === undefined || id === null) {
    state.scenarios.clear()
    return
  }
  const isNumber = typeof id === 'number' || (typeof id === 'string' && /^[0-9]{1,15}$/.test(id))
  if (!isNumber) throw new ControlError(400, 'id takes the number of an armed scenario.')
  if (!state.scenarios.disarm(Number(id))) throw new ControlError(404, 'No such scenario is armed.')
}

/** The public keys of a sandbox, as PEM: with them a page verifies what was signed. */
export interface PublicKeys {
  readonly merchant?: string
  readonly gateway?: string
}

/** What the control API works on. */
export interface ControlContext {
  readonly state: SandboxState
  readonly journal: Journal
  readonly gateway: Gateway
  readonly notifications: Notifier
  readonly notificationLog: NotificationLog
  readonly oidPartners: readonly string[]
  readonly now: () => number
  /** The variables that point a client at this sandbox. */
  readonly env: () => Readonly<Record<string, string>>
  readonly publicKeys: PublicKeys
  /** Waits until the cards are kept, where they are. */
  readonly saveCards: () => Promise<void>
}

interface ControlRequest {
  readonly url: URL
  readonly headers: Headers
  /** The body; an object without members where there is none. */
  readonly body: Readonly<Record<string, unknown>>
}

type RouteHandler = (
  context: ControlContext,
  request: ControlRequest,
) => Response | Promise<Response>

const json = (value: unknown, status = 200) => Response.json(value, { status })

const nothing = () => new Response(null, { status: 204 })

/** The id behind which to begin. */
function readAfter(text: string | null): number {
  if (text === null || text === '') return 0
  if (/^[0-9]{1,15}$/.test(text)) return Number(text)
  throw new ControlError(400, 'after takes the id of a request: a whole number.')
}

const health: RouteHandler = ({ state, journal, notificationLog, oidPartners, now }) =>
  json({
    ok: true,
    run: journal.run,
    now: now(),
    oidPartners,
    cards: state.cards.size,
    scenarios: state.scenarios.list().length,
    notifications: notificationLog.size,
    last: journal.last,
  })

const listRequests: RouteHandler = ({ journal }, { url }) => {
  const requests = journal.after(readAfter(url.searchParams.get('after')))
  return json({ requests, last: journal.last, run: journal.run })
}

const clearRequests: RouteHandler = ({ journal }) => {
  journal.clear()
  return nothing()
}

const events: RouteHandler = ({ journal, notificationLog }, { url, headers }) => {
  const text = headers.get('last-event-id') ?? url.searchParams.get('after')
  const after = text === null ? journal.last : readAfter(text)
  return new Response(streamEvents(journal, notificationLog, after), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  })
}

const listCards: RouteHandler = ({ state }) => json({ cards: state.cards.list() })

const bindCard: RouteHandler = async ({ state, saveCards }, { body }) => {
  const { cards } = body
  if (Array.isArray(cards)) {
    const checked = cards.map((card, index) => readCard(card, `Card ${index + 1}`))
    const bound = checked.map((card) => state.cards.bind(card))
    await saveCards()
    return json({ cards: bound }, 201)
  }
  const card = state.cards.bind(readCard(body))
  await saveCards()
  return json({ card }, 201)
}

const unbindCard: RouteHandler = async ({ state, saveCards }, { body, url }) => {
  const card = readCard({ ...Object.fromEntries(url.searchParams), ...body })
  if (!state.cards.unbind(card)) {
    throw new ControlError(404, 'No such card is bound: compare user_id, no_agree and pay_type.')
  }
  await saveCards()
  return nothing()
}

const importCards: RouteHandler = async ({ state, saveCards }, { body }) => {
  const cards = await readCards(textMember(body, 'csv'))
  for (const card of cards) state.cards.bind(card)
  await saveCards()
  return json({ imported: cards.length, cards: state.cards.size })
}

const listScenarios: RouteHandler = ({ state }) =>
  json({
    scenarios: state.scenarios.list(),
    available: scenarioNames().map((name) => ({ name, summary: SCENARIOS[name].summary })),
  })

const listSms: RouteHandler = ({ state }) =>
  json({
    sms: state.bindings.list().map(({ token, expiresAt, card }) => {
      const { no_agree: _, ...rest } = card
      return { token, code: SANDBOX_SMS_CODE, expiresAt, ...rest }
    }),
  })

const reset: RouteHandler = async ({ state, journal, notifications, saveCards }) => {
  state.reset()
  notifications.clear()
  journal.clear()
  await saveCards()
  return nothing()
}

/** Every route: path behind the prefix, then method. */
export const CONTROL_ROUTES: Readonly<Record<string, Readonly<Record<string, RouteHandler>>>> = {
  health: { GET: health },
  requests: { GET: listRequests, DELETE: clearRequests },
  events: { GET: events },
  cards: { GET: listCards, POST: bindCard, DELETE: unbindCard },
  'cards/import': { POST: importCards },
  scenarios: {
    GET: listScenarios,
    POST: ({ state }, { body }) => json({ scenario: armScenario(state, body) }, 201),
    DELETE: ({ state }, { body, url }) => {
      disarmScenario(state, url.searchParams.get('id') ?? body['id'])
      return nothing()
    },
  },
  replay: {
    POST: async ({ gateway, journal }, { body }) =>
      json({ request: await replay(gateway, journal, body) }),
  },
  notifications: {
    GET: ({ notifications }) => json({ notifications: notifications.list() }),
    POST: async ({ notifications }, { body }) =>
      json({ notification: await sendNotification(notifications, body) }, 201),
  },
  'notifications/resend': {
    POST: async ({ notifications }, { body }) =>
      json({ notification: await resendNotification(notifications, body) }),
  },
  sms: { GET: listSms },
  env: { GET: ({ env, publicKeys }) => json({ env: env(), keys: publicKeys }) },
  reset: { POST: reset },
}

/**
 * Responds to a request to the control API.
 *
 * @param path what stands behind `/_sandbox/`.
 * @throws {ControlError}
 */
export async function controlSandbox(
  context: ControlContext,
  request: Request,
  path: string,
): Promise<Response> {
  const methods = Object.hasOwn(CONTROL_ROUTES, path) ? CONTROL_ROUTES[path] : undefined
  if (methods === undefined) throw new ControlError(404, 'The control API has no such path.')
  const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined
  if (handler === undefined) {
    const allow = Object.keys(methods).join(', ')
    throw new ControlError(405, `This path takes ${allow}.`, { allow })
  }
  const body = request.method === 'GET' ? {} : await readJson(request)
  return handler(context, { url: new URL(request.url), headers: request.headers, body })
}
