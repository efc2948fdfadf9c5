import { type Clock, systemClock } from '../client/clock.ts'
import { CallbackError } from '../errors/callback-error.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { ErrorText, LLPayError } from '../errors/ll-pay-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import type { Verifier } from '../signing/ports.ts'
import { definitionOf, type NotificationKind, type NotificationOf } from './kinds.ts'
import { compareMoney, isMoney } from './money.ts'
import { badNotification } from './notification-errors.ts'
import { readBody } from './read-body.ts'
import { keyOf, readNotification } from './read-notification.ts'
import type { SeenStore } from './seen-store.ts'

/** What your own record says of what a notification announces. */
export interface ExpectedRecord {
  /** The amount as text, in yuan or in `currency`: up to 12 digits, and up to 8 decimals behind a point. */
  readonly money: string
  /** For `exchange`: the currency of the order, such as `USD`. Compared if it is given. */
  readonly currency?: string | undefined
}

/** How notifications of one kind are received; the runtimes' packages add the gateway key. */
export interface NotificationHandling<K extends NotificationKind> {
  /** The kind that the route is for. Use one `notify_url` for each kind: no member names it. */
  readonly kind: K
  /** The merchant number that LianLian assigned: 18 digits. */
  readonly oidPartner: string
  /** What was delivered before: `redisSeen`, `postgresSeen`, `d1Seen`, or `memorySeen` in tests. */
  readonly seen: SeenStore
  /**
   * Stores what a notification announces, durably, and returns; only then is it acknowledged. Called at least
   * once for each, and once where it finishes within `leaseMs` and `seen` is durable. If it throws, LianLian
   * repeats.
   */
  readonly onNotification: (notification: NotificationOf<K>) => Promise<void>
  /**
   * Called with why something was not acknowledged: a notification that was refused, a record that differs,
   * an error of `onNotification` or of `seen`. What it throws is ignored.
   */
  readonly onRefused?: ((error: LLPayError) => void) | undefined
  /**
   * Looks up your own record of what a notification announces. If there is none (`undefined`), or if its
   * amount or currency differs, the notification is not acknowledged. A valid notification can be sent again
   * for ever, by anybody who has seen it: your own records are what stops that.
   */
  readonly expect?:
    | ((notification: NotificationOf<K>) => Promise<ExpectedRecord | undefined>)
    | undefined
  /**
   * How long one delivery may work before a repeat may take over, in milliseconds (default: 110000, less
   * than the two minutes between LianLian's repeats).
   */
  readonly leaseMs?: number | undefined
  /**
   * When a response is due, in milliseconds (default: 4500; LianLian waits five seconds). The work goes on,
   * and the next repeat finds it done.
   */
  readonly deadlineMs?: number | undefined
  /** The clock of the deadline (default: the runtime's). For tests. */
  readonly clock?: Clock | undefined
  /** Whether form-encoded bodies are read as well, as some older integrations get them (default: false). */
  readonly form?: boolean | undefined
}

/** What a platform passes beside the request: on Workers, the execution context. */
export interface HandlerContext {
  /** Keeps the worker alive until the work has ended. */
  waitUntil(work: Promise<unknown>): void
}

/** Takes a request that LianLian sent to a `notify_url`, and resolves to the response. It never rejects. */
export type NotificationHandler = (request: Request, context?: HandlerContext) => Promise<Response>

/** What becomes of a request: `done` is acknowledged, everything else is repeated by LianLian. */
type NotificationEnd = 'done' | 'busy' | 'refused' | 'late'

const RESPONSES: Readonly<Record<NotificationEnd, { ret_code: string; ret_msg: string }>> = {
  done: { ret_code: '0000', ret_msg: 'ok' },
  busy: { ret_code: '9999', ret_msg: 'in work' },
  refused: { ret_code: '9999', ret_msg: 'refused' },
  late: { ret_code: '9999', ret_msg: 'not done yet' },
}

const respond = (ending: NotificationEnd) =>
  new Response(JSON.stringify(RESPONSES[ending]), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  })

const failed = (text: ErrorText, cause?: unknown) =>
  new CallbackError(text, { cause: summarizeCause(cause), delivered: 'no' })

/** The texts of the callbacks that may fail. */
const FAILED = {
  claim: {
    reason: 'notification.claim-failed',
    message: 'seen.claim threw, so the notification was not delivered; LianLian repeats it.',
    hint: 'Check the store and the cause.',
  },
  done: {
    reason: 'notification.done-failed',
    message:
      'seen.done threw after the notification was delivered. LianLian repeats it, and it is delivered again once its lease has expired.',
    hint: 'Check the store and the cause; make sure that onNotification stores each notification only once.',
  },
  expect: {
    reason: 'notification.expect-failed',
    message:
      'expect threw or returned an invalid amount, so the notification was not delivered; LianLian repeats it.',
    hint: 'Return undefined if there is no record, otherwise the amount as text, such as 49.90.',
  },
  onNotification: {
    reason: 'notification.callback-failed',
    message: 'onNotification threw, so the notification was not acknowledged; LianLian repeats it.',
    hint: 'See the cause.',
  },
  other: {
    reason: 'notification.failed',
    message:
      'The notification could not be handled, so it was not acknowledged; LianLian repeats it.',
    hint: 'See the cause.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>

async function calling<T>(name: keyof typeof FAILED, call: () => Promise<T> | T): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw failed(FAILED[name], error)
  }
}

const leaseLost = () =>
  failed({
    reason: 'notification.lease-lost',
    message:
      'The lease expired before onNotification finished, so another delivery may have begun; the notification was not acknowledged.',
    hint: 'Only store the notification in onNotification, or allow it more time with leaseMs.',
  })

/** Refuses a notification that has no record, or another amount than it. */
async function requireRecord<K extends NotificationKind>(
  { kind, expect }: NotificationHandling<K>,
  notification: NotificationOf<K>,
): Promise<void> {
  if (expect === undefined) return
  const { money, currency } = definitionOf(kind)
  const record = await calling('expect', async () => {
    // Databases say null where untyped code passes it on.
    const found = (await expect(notification)) ?? undefined
    if (found !== undefined && money !== undefined) compareMoney(found.money, found.money)
    return found
  })
  if (record === undefined) {
    throw badNotification('ERR_REPLY_MISMATCH', {
      reason: 'notification.no-record',
      message:
        'The notification is valid, but expect found no record of what it announces, so it was not acknowledged.',
      hint: 'LianLian repeats it, in case it arrived before your own record did. If this keeps happening, query the order.',
    })
  }
  if (money === undefined) return
  const received = notification[money] ?? ''
  if (!isMoney(received) || compareMoney(received, record.money) !== 0) {
    throw badNotification('ERR_REPLY_MISMATCH', {
      reason: 'notification.other-money',
      message:
        'The notification is valid, but its amount is not the one that expect returned, so it was not acknowledged.',
      hint: 'Query the order, and compare the two by hand.',
    })
  }
  if (
    currency !== undefined &&
    record.currency !== undefined &&
    notification[currency] !== record.currency
  ) {
    throw badNotification('ERR_REPLY_MISMATCH', {
      reason: 'notification.other-currency',
      message:
        'The notification is valid, but its currency is not the one that expect returned, so it was not acknowledged.',
      hint: 'Query the order, and compare the two by hand.',
    })
  }
}

/** Delivers a notification to `onNotification`, once for its key, and says what became of it. */
async function deliver<K extends NotificationKind>(
  handling: NotificationHandling<K>,
  notification: NotificationOf<K>,
): Promise<NotificationEnd> {
  const { kind, seen, leaseMs = 110_000 } = handling
  const key = keyOf(kind, notification)
  const claim = await calling('claim', () => seen.claim(key, leaseMs))
  if (claim.status !== 'new') return claim.status
  try {
    await requireRecord(handling, notification)
    await calling('onNotification', () => handling.onNotification(notification))
  } catch (error) {
    const giveBack = async () => seen.release(key, claim.token)
    // A lease that cannot be given back ends by itself.
    await giveBack().catch(() => {})
    throw error
  }
  if (await calling('done', () => seen.done(key, claim.token))) return 'done'
  throw leaseLost()
}

/**
 * Makes a handler that verifies notifications, delivers each to `onNotification` and acknowledges it. The
 * configuration has been checked.
 */
export function handleNotifications<K extends NotificationKind>(
  handling: NotificationHandling<K>,
  verifiers: readonly Verifier[],
): NotificationHandler {
  const { kind, oidPartner, deadlineMs = 4_500, clock = systemClock } = handling

  /** Reports; what it throws, now or later, must not change the response. */
  const observe = async (error: LLPayError): Promise<void> => handling.onRefused?.(error)

  async function refuse(thrown: unknown): Promise<NotificationEnd> {
    const error = isLLPayError(thrown) ? thrown : failed(FAILED.other, thrown)
    await observe(error).catch(() => {})
    return 'refused'
  }

  async function handle(request: Request): Promise<NotificationEnd> {
    try {
      const { body, isForm } = await readBody(request, handling.form === true)
      const expected = {
        kind,
        oidPartner,
        verifiers,
        isForm,
        hasRecords: handling.expect !== undefined,
      }
      return await deliver(handling, await readNotification(body, expected))
    } catch (error) {
      return refuse(error)
    }
  }

  return async (request, context) => {
    if (request.method !== 'POST') {
      return new Response(null, { status: 405, headers: { allow: 'POST' } })
    }
    const work = handle(request)
    context?.waitUntil(work)
    const timer = new AbortController()
    const late = clock.sleep(deadlineMs, timer.signal).then((): NotificationEnd => 'late')
    const ending = await Promise.race([work, late])
    timer.abort()
    return respond(ending)
  }
}
