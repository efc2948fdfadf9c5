import { ConfigError, type Clock, type FetchInit } from '@llpay/core'
import type { Signer } from '@llpay/core/signing'

import { machineClock } from './clock.ts'
import { controlSandbox, type PublicKeys } from './control/control-api.ts'
import { asControlError, respondWith } from './control/control-error.ts'
import { CONTROL_PREFIX, refuseForeign, type HostRule } from './control/refuse-foreign.ts'
import type { Partner } from './gateway/check-signature.ts'
import { strangeSigner } from './gateway/gateway-reply.ts'
import { Gateway } from './gateway/gateway.ts'
import { type JournalEntry, Journal } from './journal/journal.ts'
import type { SendLike } from './notifications/deliver.ts'
import { NotificationLog } from './notifications/notification-log.ts'
import { Notifier } from './notifications/notifier.ts'
import type { SandboxCard } from './state/sandbox-cards.ts'
import { SandboxState } from './state/sandbox-state.ts'

/** How a sandbox is created; the host supplies the keys. */
export interface SandboxOptions {
  /** Signs the replies, as LianLian does. */
  readonly gatewaySigner: Signer
  /** The merchants it knows; a card that names none belongs to the first. */
  readonly partners: readonly Partner[]
  /** Signs the replies of the scenario `wrong-key` (default: signatures that no key verifies). */
  readonly otherSigner?: Signer
  /** The cards that are bound at the start, and again after a reset (default: none). */
  readonly cards?: readonly SandboxCard[]
  /** The clock (default: the machine's); a function returns only the time, in milliseconds since 1970. */
  readonly clock?: Clock | (() => number)
  /** Refuses unknown and empty members with 1004, instead of ignoring them (default: false). */
  readonly strict?: boolean
  /** How many requests are kept (default: 2000). */
  readonly journal?: number
  /** Called with each request once it is finished. It must not throw. */
  readonly onRequest?: (entry: JournalEntry) => void
  /** Awaited after each change of the bound cards, before the response. */
  readonly saveCards?: () => Promise<void>
  /** What the control API's `env` returns: the variables that point a client here. */
  readonly env?: () => Readonly<Record<string, string>>
  /** The public keys as PEM, which the control API's `env` returns too (default: none). */
  readonly publicKeys?: PublicKeys
  /** Refuses requests whose Host has another name (default: every Host is served). */
  readonly allowHost?: HostRule
  /** Decides which of a hundred requests a scenario with `percent` gets: from 0 up to 1. */
  readonly random?: () => number
  /** Delivers notifications (default: the runtime's `fetch`). */
  readonly send?: SendLike
  /** Ends what waits for `slow` and `late`; their connections are closed. Notifications are repeated no more. */
  readonly signal?: AbortSignal
}

/** A LianLian gateway for tests and demonstrations. */
export interface Sandbox {
  /**
   * Responds to a request as the gateway would, and to those below `/_sandbox/` as its control API. It can
   * stand in for a client's `fetch`, and any server that takes a fetch handler can serve it.
   */
  readonly fetch: (input: Request | string, init?: FetchInit) => Promise<Response>
  /** The cards that are bound, and what is played. */
  readonly state: SandboxState
  /** Sends notifications to a `notify_url`, signed with the gateway's key. */
  readonly notifications: Notifier
  /** The requests that arrived, oldest first; the newest 2000 unless `journal` says otherwise. */
  readonly requests: readonly JournalEntry[]
}

const DEFAULT_JOURNAL = 2000

const toClock = (clock: Clock | (() => number)): Clock =>
  typeof clock === 'function' ? { ...machineClock, now: clock } : clock

function checkJournal(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1) return limit
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'sandbox.journal',
    message: 'journal must be a whole number from 1.',
    zh: { message: 'journal 必须是不小于 1 的整数。' },
  })
}

/**
 * Creates a LianLian gateway that checks requests like the real one, keeps bound cards, records what
 * arrived, and misbehaves on demand. It is for tests and demonstrations. It does not prove a
 * client's signatures right, since it is made of the same code.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING` without a merchant, `ERR_CONFIG_INVALID`.
 * @example
 * import { createSandbox } from '@llpay/sandbox'
 * import { createClient, createSigner, createVerifier } from '@llpay/node'
 * declare const keys: { merchant: string; merchantPublic: string; gateway: string; gatewayPublic: string }
 * const oidPartner = '201304121000001004'
 * const sandbox = createSandbox({
 *   gatewaySigner: await createSigner(keys.gateway, 'MD5withRSA'),
 *   partners: [{ oidPartner, verifier: await createVerifier(keys.merchantPublic, 'MD5withRSA') }],
 * })
 * sandbox.state.cards.bind({ user_id: 'u1', no_agree: '2014031710002121' })
 * const client = createClient({
 *   oidPartner,
 *   privateKey: keys.merchant,
 *   gatewayPublicKey: keys.gatewayPublic,
 *   baseUrl: 'http://localhost',
 *   fetch: sandbox.fetch,
 * })
 * const { outcome } = await client.card.unbind({ user_id: 'u1', no_agree: '2014031710002121' })
 * console.log(outcome)
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { gatewaySigner, partners, signal } = options
  const [first] = partners
  if (first === undefined) {
    throw new ConfigError('ERR_CONFIG_MISSING', {
      reason: 'sandbox.no-merchant',
      message: 'partners is empty.',
      hint: 'Name at least one merchant.',
      zh: { message: 'partners 为空。', hint: '至少指定一个商户。' },
    })
  }
  const clock = toClock(options.clock ?? machineClock)
  const journal = new Journal(checkJournal(options.journal ?? DEFAULT_JOURNAL))
  const state = new SandboxState({
    oidPartner: first.oidPartner,
    clock,
    cards: options.cards ?? [],
    random: options.random ?? Math.random,
  })
  const otherSigner = options.otherSigner ?? strangeSigner(gatewaySigner)
  const notificationLog = new NotificationLog()
  const notifications = new Notifier({
    oidPartner: first.oidPartner,
    signer: gatewaySigner,
    otherSigner,
    clock,
    log: notificationLog,
    send: options.send ?? ((url, init) => fetch(url, init)),
    signal,
  })
  const saveCards = options.saveCards ?? (async () => undefined)
  const gateway = new Gateway({
    state,
    journal,
    partners,
    gatewaySigner,
    otherSigner,
    clock,
    strict: options.strict ?? false,
    signal,
    saveCards,
    onRequest: options.onRequest ?? (() => undefined),
  })
  const context = {
    state,
    journal,
    gateway,
    notifications,
    notificationLog,
    oidPartners: partners.map(({ oidPartner }) => oidPartner),
    now: () => clock.now(),
    env: options.env ?? (() => ({ LLPAY_OID_PARTNER: first.oidPartner })),
    publicKeys: options.publicKeys ?? {},
    saveCards,
  }

  async function serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const isControl = pathname.startsWith(CONTROL_PREFIX)
    try {
      refuseForeign(request, pathname, options.allowHost)
    } catch (error) {
      const refusal = asControlError(error)
      return isControl ? respondWith(refusal) : gateway.serve(request, refusal)
    }
    if (!isControl) return gateway.serve(request)
    const path = pathname.slice(CONTROL_PREFIX.length)
    return controlSandbox(context, request, path).catch((error: unknown) =>
      respondWith(asControlError(error)),
    )
  }

  return {
    state,
    notifications,
    get requests() {
      return journal.list()
    },
    fetch: (input, init) => serve(typeof input === 'string' ? new Request(input, init) : input),
  }
}
