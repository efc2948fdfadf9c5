import { always, forget, narrow, never, remove, replace, widen } from '../changes.ts'
import { CORE, core, node, type Mutation } from '../mutation.ts'
import {
  awaiting,
  condition,
  deciding,
  element,
  operand,
  returned,
  statement,
  token,
  value,
} from '../places.ts'

const HANDLER = core('notifications/handle-notifications')
const READ = core('notifications/read-notification')
const FOLDER = `${CORE}/notifications`

/** What keeps a notification from being believed, lost, or delivered twice. */
export const NOTIFICATIONS: readonly Mutation[] = [
  {
    name: 'a notification of another merchant is delivered',
    file: `${FOLDER}/read-notification.ts`,
    in: 'readMessage',
    change: narrow(condition("'oid_partner'"), "!signed.has('oid_partner')"),
    guards: [READ],
  },
  {
    name: 'a notification of another kind is delivered',
    file: `${FOLDER}/read-notification.ts`,
    in: 'requireKind',
    change: always('fits'),
    guards: [READ],
  },
  {
    name: 'a payment that did not succeed is delivered',
    file: `${FOLDER}/read-notification.ts`,
    in: 'requireKind',
    change: replace(value('isPaid'), 'result !== undefined'),
    guards: [READ],
  },
  {
    name: 'the signed text of a notification may be ambiguous',
    file: `${FOLDER}/read-notification.ts`,
    in: 'verify',
    change: remove(statement('refuseAmbiguous')),
    guards: [READ],
  },
  {
    name: 'an amount may be a number',
    file: `${FOLDER}/read-notification.ts`,
    in: 'isNotificationOf',
    change: remove(operand("'string'")),
    guards: [READ],
  },
  {
    name: 'the result is not part of the key',
    file: `${FOLDER}/kinds.ts`,
    in: 'NOTIFICATIONS.payout.key',
    change: remove(element("'result_pay'")),
    guards: [READ],
  },
  {
    name: 'a notification is acknowledged before it is stored',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'deliver',
    change: forget(awaiting('onNotification')),
    guards: [HANDLER],
  },
  {
    name: 'a copy is delivered while the first is in work',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'deliver',
    change: replace(returned('claim'), "'done'"),
    guards: [HANDLER],
  },
  {
    name: 'a lost lease is acknowledged',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'deliver',
    change: widen(condition("'done'"), 'true'),
    guards: [HANDLER],
  },
  {
    name: 'a failed delivery keeps its lease',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'deliver',
    change: remove(statement('giveBack', 'await')),
    guards: [HANDLER],
  },
  {
    name: 'the amount is not compared',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'requireRecord',
    change: remove(operand('compareMoney')),
    guards: [HANDLER],
  },
  {
    name: 'the currency is not compared',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'requireRecord',
    change: never('currency'),
    guards: [HANDLER],
  },
  {
    name: 'what is late is acknowledged',
    file: `${FOLDER}/handle-notifications.ts`,
    in: 'handleNotifications.late',
    change: replace(token("'late'"), "'done'"),
    guards: [HANDLER],
  },
  {
    name: 'a body that a parser has read is called invalid JSON',
    file: 'packages/node/src/notifications/to-node-listener.ts',
    in: 'toRequest',
    change: replace(deciding('text'), 'false'),
    guards: [node('notifications/to-node-listener')],
  },
]
