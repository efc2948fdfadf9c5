import { NOTIFICATIONS, type NotificationKind } from '@llpay/core/notifications'

import { NOTIFICATION_FAULTS, type NotificationFault } from '../notifications/faults.ts'
import type { SandboxNotification } from '../notifications/notification-log.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { ControlError } from './control-error.ts'
import {
  type JsonMembers,
  optionalText,
  readChanges,
  refuseUnknown,
  textMember,
} from './read-body.ts'

const isKind = (text: string): text is NotificationKind => Object.hasOwn(NOTIFICATIONS, text)
const isFault = (text: string): text is NotificationFault =>
  Object.hasOwn(NOTIFICATION_FAULTS, text)

function readKind(body: JsonMembers): NotificationKind {
  const kind = textMember(body, 'kind')
  if (isKind(kind)) return kind
  throw new ControlError(400, `kind takes ${Object.keys(NOTIFICATIONS).join(', ')}.`)
}

function readFault(body: JsonMembers): NotificationFault | undefined {
  const fault = optionalText(body, 'fault')
  if (fault === undefined || isFault(fault)) return fault
  throw new ControlError(400, `fault takes ${Object.keys(NOTIFICATION_FAULTS).join(', ')}.`)
}

function readRepeat({ repeat }: JsonMembers): boolean | undefined {
  if (repeat === undefined || repeat === null) return undefined
  if (typeof repeat === 'boolean') return repeat
  throw new ControlError(400, 'repeat takes true or false.')
}

/**
 * Sends the notification of a body, and resolves once it was delivered for the first time.
 *
 * @throws {ControlError} 400.
 */
export async function sendNotification(
  notifier: Notifier,
  body: JsonMembers,
): Promise<SandboxNotification> {
  refuseUnknown(body, ['kind', 'url', 'members', 'fault', 'repeat'])
  const fault = readFault(body)
  const repeat = readRepeat(body)
  return notifier.send({
    kind: readKind(body),
    url: textMember(body, 'url'),
    members: Object.fromEntries(readChanges(body['members'])),
    ...(fault === undefined ? {} : { fault }),
    ...(repeat === undefined ? {} : { repeat }),
  })
}

/**
 * Delivers the notification with the id of a body again.
 *
 * @throws {ControlError} 400, 404.
 */
export async function resendNotification(
  notifier: Notifier,
  body: JsonMembers,
): Promise<SandboxNotification> {
  refuseUnknown(body, ['id'])
  const { id } = body
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
    throw new ControlError(400, 'id must be the id of a notification: a whole number.')
  }
  const notification = await notifier.resend(id)
  if (notification === undefined) throw new ControlError(404, 'There is no such notification.')
  return notification
}
