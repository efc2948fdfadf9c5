import { always, never, remove, replace } from '../changes.ts'
import { CORE, core, node, type Guard, type Mutation } from '../mutation.ts'
import { condition, deciding, operand, statement, value, whenFalse } from '../places.ts'

const faults: Guard = {
  script: ['internal/campaigns/src/faults.ts', '--count', '200', '--settle', 'auto'],
}

const FORGED = core('client/process-reply.forged')
const REFUSES = core('client/process-reply.refuses')
const VERDICT = core('client/settle/list-status')
const SETTLE = core('client/settle/settle')

/** What keeps a reply from being believed that proves nothing. */
export const REPLIES: readonly Mutation[] = [
  {
    name: 'the signature is not verified',
    file: `${CORE}/signing/verify.ts`,
    in: 'verifyMembers',
    change: always('accepts'),
    guards: [FORGED, core('signing/verify'), faults],
  },
  {
    name: 'a success needs no signature',
    file: `${CORE}/client/read-reply.ts`,
    in: 'readReply',
    change: replace(deciding("'ERR_SIGNATURE_MISSING'"), 'false'),
    guards: [FORGED],
  },
  {
    name: 'a null sign counts as a signature',
    file: `${CORE}/signing/verify.ts`,
    in: 'hasSignature',
    change: remove(operand('textOf')),
    guards: [core('client/process-reply.rejects')],
  },
  {
    name: 'another sign_type is taken',
    file: `${CORE}/signing/verify.ts`,
    in: 'requireSignType',
    change: always('agreed'),
    guards: [FORGED],
  },
  {
    name: 'a reply may have any size',
    file: `${CORE}/client/read-reply.ts`,
    in: 'readMessage',
    change: never('MAX_REPLY_BYTES'),
    guards: [REFUSES],
  },
  {
    name: 'a body may come in without end',
    file: `${CORE}/transport/body.ts`,
    in: 'REPLY_LIMIT',
    // A limit all the same, or the tests of endless bodies would take all memory there is.
    change: replace(value('maxBytes'), 'MAX_REPLY_BYTES * 4'),
    guards: [core('transport/body')],
  },
  {
    name: 'a compressed body may grow',
    file: 'packages/node/src/transport/decode-body.ts',
    in: 'limit',
    change: replace(value('maxOutputLength'), 'MAX_REPLY_BYTES * 64'),
    guards: [node('transport/decode-body')],
  },
  {
    name: 'a member may come twice',
    file: `${CORE}/json/read-json.ts`,
    in: 'JsonReader.#readObject',
    change: never('members'),
    guards: [core('json/read-json'), REFUSES],
  },
  {
    name: 'a boundary may have moved',
    file: `${CORE}/signing/verify.ts`,
    in: 'refuseAmbiguous',
    change: remove(operand('members')),
    guards: [core('signing/refuse-ambiguous')],
  },
  {
    name: 'a member may be split off',
    file: `${CORE}/signing/verify.ts`,
    in: 'refuseAmbiguous',
    change: remove(operand('compareByteOrder')),
    guards: [core('signing/refuse-ambiguous')],
  },
  {
    name: 'no reply is ambiguous',
    file: `${CORE}/client/read-reply.ts`,
    in: 'readReply',
    change: remove(statement('refuseAmbiguous')),
    guards: [REFUSES],
  },
  {
    name: 'a reply to another request is taken',
    file: `${CORE}/client/read-reply.ts`,
    in: 'refuseForeign',
    change: never('isForeign'),
    guards: [REFUSES, SETTLE],
  },
  {
    name: 'a reply of another endpoint is taken',
    file: `${CORE}/client/read-reply.ts`,
    in: 'refuseForeign',
    change: never('foreignFields'),
    guards: [REFUSES],
  },
  {
    name: 'fetch follows redirects',
    file: `${CORE}/transport/fetch-transport.ts`,
    in: 'fetchTransport',
    change: replace(value('redirect'), "'follow'"),
    guards: [core('transport/fetch-transport')],
  },
  {
    name: 'any status carries a reply',
    file: `${CORE}/client/read-reply.ts`,
    in: 'readMessage',
    change: never('status'),
    guards: [REFUSES],
  },
  {
    name: 'certificates are not checked',
    file: 'packages/node/src/transport/connector.ts',
    in: 'connectOptions',
    change: replace(value('rejectUnauthorized'), 'false'),
    guards: [node('transport/undici-transport.tls')],
  },
  {
    name: 'what was sent counts as not delivered',
    file: 'packages/node/src/transport/undici-transport.ts',
    in: 'translate',
    change: never('sent'),
    guards: [node('transport/undici-transport.failures'), faults],
  },
  {
    name: 'a request that may have landed is forgotten',
    file: `${CORE}/client/settle/settle.ts`,
    in: 'Settlement.#tryOnce',
    change: replace(value('#mayHaveLanded'), 'false'),
    guards: [SETTLE],
  },
  {
    name: 'a change that may have landed is repeated',
    file: `${CORE}/client/exchange.ts`,
    in: 'isSafe',
    change: never('effect'),
    guards: [SETTLE],
  },
  {
    name: 'a card that was never listed counts as unbound',
    file: `${CORE}/client/settle/settle.ts`,
    in: 'Settlement.#conclude',
    change: remove(operand('#wasListed')),
    guards: [SETTLE, faults],
  },
  {
    name: 'a count that is not signed is taken',
    file: `${CORE}/apis/card/list.ts`,
    in: 'list',
    change: replace(value('unsignedFields'), "['agreement_list', 'count']"),
    guards: [SETTLE],
  },
  {
    name: 'what decides an outcome may be a number or null',
    file: `${CORE}/client/read-reply.ts`,
    in: 'requireText',
    change: never('hasOther'),
    guards: [SETTLE],
  },
  {
    name: 'a row does not contradict a count of zero',
    file: `${CORE}/client/settle/list-status.ts`,
    in: 'statusOfReply',
    change: remove(operand('rowsOf')),
    guards: [VERDICT],
  },
  {
    name: 'any row lists the agreement',
    file: `${CORE}/client/settle/list-status.ts`,
    in: 'statusOfReply',
    change: replace(condition('shownBy'), 'shownBy(reply).size > 0'),
    guards: [VERDICT],
  },
  {
    name: 'the list is asked without the platform',
    file: `${CORE}/client/settle/query-list.ts`,
    in: 'queryList.params',
    change: replace(whenFalse('platform'), '{}'),
    guards: [SETTLE],
  },
  {
    name: 'a signature of the portable backend is not checked before it is released',
    file: 'packages/edge/src/backend/bigint/arithmetic.ts',
    in: 'signNumber',
    change: always('pow'),
    guards: [{ project: 'edge', files: ['packages/edge/src/backend/bigint/arithmetic.test.ts'] }],
  },
]
