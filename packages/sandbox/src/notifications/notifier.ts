import { ConfigError, type Clock } from '@llpay/core'
import { signMembers } from '@llpay/core/adapter'
import { NOTIFICATIONS, type NotificationKind } from '@llpay/core/notifications'
import { ALGORITHMS, type Signer } from '@llpay/core/signing'

import { deliver, type SendLike } from './deliver.ts'
import {
  alter,
  LATER,
  NOTIFICATION_FAULTS,
  type NotificationFault,
  OTHER_KIND,
  OTHER_MERCHANT,
} from './faults.ts'
import type { NotificationLog, OpenNotification, SandboxNotification } from './notification-log.ts'
import { SAMPLES } from './samples.ts'

/** Which notification is sent, and how. */
export interface NotificationRequest {
  /** The kind. */
  readonly kind: NotificationKind
  /** The `notify_url`: where it is delivered, http or https. */
  readonly url: string
  /** Members in place of the sample's; `null` leaves one out. */
  readonly members?: Readonly<Record<string, string | null>>
  /** What goes wrong (default: nothing). */
  readonly fault?: NotificationFault
  /** Whether it is repeated every two minutes, 30 deliveries in all, until it is acknowledged (default: true). */
  readonly repeat?: boolean
}

/** LianLian's schedule. */
const REPEAT_MS = 120_000
const MAX_DELIVERIES = 30

/** What a notifier works with. */
export interface NotifierOptions {
  readonly oidPartner: string
  readonly signer: Signer
  /** Signs what is forged. */
  readonly otherSigner: Signer
  readonly clock: Clock
  /** What was sent, and what came of it. */
  readonly log: NotificationLog
  readonly send: SendLike
  readonly signal?: AbortSignal | undefined
}

const invalid = (reason: string, message: string, zh: string) =>
  new ConfigError('ERR_CONFIG_INVALID', { reason, message, zh: { message: zh } })

function checkUrl(url: unknown): string {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) {
    throw invalid(
      'sandbox.notify-url',
      'url must be a URL that begins with http:// or https://.',
      'url 必须是以 http:// 或 https:// 开头的网址。',
    )
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid(
      'sandbox.notify-credentials',
      'url must have no user name and no password: fetch does not send them.',
      'url 不能带用户名或密码：fetch 不会发送它们。',
    )
  }
  return parsed.href
}

function checkRequest({ kind, fault }: NotificationRequest): void {
  if (!Object.hasOwn(NOTIFICATIONS, kind)) {
    const kinds = Object.keys(NOTIFICATIONS).join(', ')
    throw invalid(
      'sandbox.notify-kind',
      `kind must be one of ${kinds}.`,
      `kind 必须是 ${kinds} 之一。`,
    )
  }
  if (fault !== undefined && !Object.hasOwn(NOTIFICATION_FAULTS, fault)) {
    const faults = Object.keys(NOTIFICATION_FAULTS).join(', ')
    throw invalid(
      'sandbox.notify-fault',
      `fault must be one of ${faults}.`,
      `fault 必须是 ${faults} 之一。`,
    )
  }
}

/** Members sorted by name, as LianLian sends them. */
const sorted = (members: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(members).toSorted(([left], [right]) => (left < right ? -1 : 1)))

/** Sends notifications as LianLian does, and keeps what came of each delivery. */
export class Notifier {
  readonly #options: NotifierOptions
  #last = 0
  #stopping = new AbortController()

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  /** The newest 200 notifications, oldest first. */
  list(): SandboxNotification[] {
    return this.#options.log.list()
  }

  /**
   * Signs a notification and delivers it; resolves once the first delivery has ended. It is then repeated
   * every two minutes until it is acknowledged, 30 deliveries in all.
   *
   * @throws {ConfigError} `ERR_CONFIG_INVALID`.
   */
  async send(request: NotificationRequest): Promise<SandboxNotification> {
    checkRequest(request)
    const url = checkUrl(request.url)
    const { kind, fault, repeat = true, members = {} } = request
    if (fault === 'reordered') {
      await this.#create({ kind, url, repeat, members: { ...members, ...this.#later(kind) } })
    }
    const open = await this.#create({ kind, url, repeat, members, ...(fault && { fault }) })
    return open.notification
  }

  /** Delivers a notification again at once, as LianLian's support does; `undefined` for an unknown id. */
  async resend(id: number): Promise<SandboxNotification | undefined> {
    const open = this.#options.log.find(id)
    if (open === undefined) return undefined
    await this.#deliver(open)
    return open.notification
  }

  /** Forgets every notification, and repeats none. */
  clear(): void {
    this.#stopping.abort()
    this.#stopping = new AbortController()
    this.#options.log.clear()
  }

  /** How a later notification to the same receiver differs: another result, or other numbers. */
  #later(kind: NotificationKind): Readonly<Record<string, string>> {
    return LATER[kind] ?? SAMPLES[kind]({ ...this.#facts(), number: this.#last + 500_000 })
  }

  #facts() {
    const { oidPartner, clock } = this.#options
    return { oidPartner, now: clock.now(), number: this.#last + 1 }
  }

  async #create(
    request: Required<Pick<NotificationRequest, 'repeat' | 'members'>> & NotificationRequest,
  ) {
    const { kind, url, fault, repeat } = request
    const { signer, otherSigner } = this.#options
    const sample = SAMPLES[fault === 'wrong-kind' ? OTHER_KIND[kind] : kind](this.#facts())
    this.#last += 1
    const id = this.#last
    const chosen: Record<string, string> = {}
    for (const [name, value] of Object.entries({ ...sample, ...request.members })) {
      if (value !== null) chosen[name] = value
    }
    if (fault === 'other-merchant') chosen['oid_partner'] = OTHER_MERCHANT
    const unsigned = { ...chosen, sign_type: ALGORITHMS[signer.algorithm].signType }
    const { sign } = await signMembers(unsigned, fault === 'forged' ? otherSigner : signer)
    const signed = { ...unsigned, sign }
    const members = fault === 'altered' ? alter(kind, signed) : signed
    const open: OpenNotification = {
      notification: {
        id,
        kind,
        url,
        members,
        ...(fault && { fault }),
        state: 'pending',
        deliveries: [],
      },
      body: JSON.stringify(sorted(members)),
      repeat,
    }
    this.#options.log.add(open)
    await this.#begin(open)
    return open
  }

  async #begin(open: OpenNotification): Promise<void> {
    const { fault } = open.notification
    const { signal } = this.#stopping
    if (fault === 'late') {
      void this.#repeat(open, (MAX_DELIVERIES - 1) * REPEAT_MS, 1, signal)
      return
    }
    const copies =
      fault === 'duplicate' ? [this.#deliver(open), this.#deliver(open)] : [this.#deliver(open)]
    await Promise.all(copies)
    void this.#repeat(open, REPEAT_MS, open.repeat ? MAX_DELIVERIES - 1 : 0, signal)
  }

  /** Repeats while it is pending, until the sandbox ends or is reset. */
  async #repeat(
    open: OpenNotification,
    afterMs: number,
    times: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, signal: closing } = this.#options
    const stop = closing === undefined ? signal : AbortSignal.any([signal, closing])
    for (let left = times; left > 0; left -= 1) {
      if (open.notification.state !== 'pending') return
      await clock.sleep(afterMs, stop)
      if (stop.aborted || open.notification.state !== 'pending') return
      await this.#deliver(open)
    }
    if (open.notification.state === 'pending') {
      this.#options.log.change(open, { state: 'given-up' })
    }
  }

  async #deliver(open: OpenNotification): Promise<void> {
    const { clock, send, signal } = this.#options
    const stop = this.#stopping.signal
    const delivery = await deliver(open.notification.url, open.body, {
      clock,
      send,
      signal: signal === undefined ? stop : AbortSignal.any([signal, stop]),
    })
    const { deliveries, state } = open.notification
    this.#options.log.change(open, {
      state: delivery.acknowledged ? 'acknowledged' : state,
      deliveries: [...deliveries, delivery],
    })
  }
}
