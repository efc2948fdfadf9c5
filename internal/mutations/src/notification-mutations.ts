import { CORE, core, node, type Mutation } from './mutation.ts'

const HANDLER = core('notifications/handle-notifications')
const READ = core('notifications/read-notification')
const FOLDER = `${CORE}/notifications`

/** What keeps a notification from being believed, lost, or delivered twice. */
export const NOTIFICATION_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a notification of another merchant is delivered',
    file: `${FOLDER}/read-notification.ts`,
    text: "if (signed.get('oid_partner') !== oidPartner) {",
    replacement: "if (signed.get('oid_partner') === undefined) {",
    guards: [READ],
  },
  {
    name: 'a notification of another kind is delivered',
    file: `${FOLDER}/read-notification.ts`,
    text: '  if (fits[kind]) return\n',
    replacement: '  if (kind in fits) return\n',
    guards: [READ],
  },
  {
    name: 'a payment that did not succeed is delivered',
    file: `${FOLDER}/read-notification.ts`,
    text: "const isPaid = result === 'SUCCESS'",
    replacement: 'const isPaid = result !== undefined',
    guards: [READ],
  },
  {
    name: 'the signed text of a notification may be ambiguous',
    file: `${FOLDER}/read-notification.ts`,
    text: '  refuseAmbiguous(signed)\n',
    replacement: '',
    guards: [READ],
  },
  {
    name: 'an amount may be a number',
    file: `${FOLDER}/read-notification.ts`,
    text: "return received === 'string' &&",
    replacement: 'return',
    guards: [READ],
  },
  {
    name: 'the result is not part of the key',
    file: `${FOLDER}/kinds.ts`,
    text: "    key: ['oid_paybill', 'result_pay'],\n    number: 'no_order',\n    money: 'money_order',\n  },\n  bind: {",
    replacement:
      "    key: ['oid_paybill'],\n    number: 'no_order',\n    money: 'money_order',\n  },\n  bind: {",
    guards: [READ],
  },
  {
    name: 'a notification is acknowledged before it is stored',
    file: `${FOLDER}/handle-notifications.ts`,
    text: "await calling('onNotification', () =>",
    replacement: "void calling('onNotification', () =>",
    guards: [HANDLER],
  },
  {
    name: 'a copy is delivered while the first is in work',
    file: `${FOLDER}/handle-notifications.ts`,
    text: "if (claim.status !== 'new') return claim.status",
    replacement:
      "if (claim.status === 'done') return claim.status\n  if (claim.status !== 'new') return 'done'",
    guards: [HANDLER],
  },
  {
    name: 'a lost lease is acknowledged',
    file: `${FOLDER}/handle-notifications.ts`,
    text: "if (await calling('done', () => seen.done(key, claim.token))) return 'done'",
    replacement: "await calling('done', () => seen.done(key, claim.token))\n  return 'done'",
    guards: [HANDLER],
  },
  {
    name: 'a failed delivery keeps its lease',
    file: `${FOLDER}/handle-notifications.ts`,
    text: '    await giveBack().catch(() => {})\n',
    replacement: '',
    guards: [HANDLER],
  },
  {
    name: 'the amount is not compared',
    file: `${FOLDER}/handle-notifications.ts`,
    text: 'compareMoney(received, record.money) !== 0',
    replacement: 'record.money === received.slice(0, 0)',
    guards: [HANDLER],
  },
  {
    name: 'the currency is not compared',
    file: `${FOLDER}/handle-notifications.ts`,
    text: 'notification[currency] !== record.currency',
    replacement: 'notification[currency] === undefined',
    guards: [HANDLER],
  },
  {
    name: 'what is late is acknowledged',
    file: `${FOLDER}/handle-notifications.ts`,
    text: "(): Ending => 'late'",
    replacement: "(): Ending => 'done'",
    guards: [HANDLER],
  },
  {
    name: 'a body that a parser has read is called invalid JSON',
    file: 'packages/node/src/notifications/to-node-listener.ts',
    text: 'if (isRead) await request.text()',
    replacement: 'if (isRead) await Promise.resolve()',
    guards: [node('notifications/to-node-listener')],
  },
]
