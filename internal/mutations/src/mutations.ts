import { CONNECTION_MUTATIONS } from './connection-mutations.ts'
import { ENSURE_MUTATIONS } from './ensure-mutations.ts'
import { FILE_MUTATIONS } from './file-mutations.ts'
import { JOB_MUTATIONS } from './job-mutations.ts'
import { CORE, core, node, type Guard, type Mutation } from './mutation.ts'
import { NOTIFICATION_MUTATIONS } from './notification-mutations.ts'
import { SETTLEMENT_MUTATIONS } from './settlement-mutations.ts'

const faults: Guard = {
  script: ['internal/campaigns/src/faults.ts', '--count', '200', '--settle', 'auto'],
}

const FORGED = core('client/process-reply.forged')
const REFUSES = core('client/process-reply.refuses')
const VERDICT = core('client/settle/list-status')
const SETTLE = core('client/settle/settle')

/** The protections of the product. Without any of them the tests must fail. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the signature is not verified',
    file: `${CORE}/signing/verify.ts`,
    text: 'if (await accepts(verifier, canonical, signature)) return',
    replacement: 'if (verifier && canonical && signature && accepts) return',
    guards: [FORGED, core('signing/verify'), faults],
  },
  {
    name: 'a success needs no signature',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (!hasSignature(message)) {\n    if (isSuccess) {',
    replacement: 'if (!hasSignature(message)) {\n    if (false) {',
    guards: [FORGED],
  },
  {
    name: 'a null sign counts as a signature',
    file: `${CORE}/signing/verify.ts`,
    text: "return sign !== undefined && textOf(sign) !== ''",
    replacement: 'return sign !== undefined',
    guards: [core('client/process-reply.rejects')],
  },
  {
    name: 'another sign_type is taken',
    file: `${CORE}/signing/verify.ts`,
    text: "if (value?.kind === 'string' && agreed) return",
    replacement: 'if (value !== undefined || agreed) return',
    guards: [FORGED],
  },
  {
    name: 'a reply may have any size',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (body.length > MAX_REPLY_BYTES) throw replyTooLarge()',
    replacement: '',
    guards: [REFUSES],
  },
  {
    name: 'a body may come in without end',
    file: `${CORE}/transport/body.ts`,
    text: 'if (this.#length > MAX_REPLY_BYTES) throw replyTooLarge()',
    // A limit all the same, or the tests of endless bodies would take all memory there is.
    replacement: 'if (this.#length > MAX_REPLY_BYTES * 4) throw replyTooLarge()',
    guards: [core('transport/body')],
  },
  {
    name: 'a compressed body may grow',
    file: 'packages/node/src/transport/decode-body.ts',
    text: 'maxOutputLength: MAX_REPLY_BYTES',
    replacement: 'maxOutputLength: MAX_REPLY_BYTES * 64',
    guards: [node('transport/decode-body')],
  },
  {
    name: 'a member may come twice',
    file: `${CORE}/json/read-json.ts`,
    text: 'if (members.has(name)) {',
    replacement: 'if (false) {',
    guards: [core('json/read-json'), REFUSES],
  },
  {
    name: 'a boundary may have moved',
    file: `${CORE}/signing/verify.ts`,
    text: 'if (compareByteOrder(name, inner) < 0 || members.has(inner)) {',
    replacement: 'if (compareByteOrder(name, inner) < 0) {',
    guards: [core('signing/refuse-ambiguous')],
  },
  {
    name: 'a member may be split off',
    file: `${CORE}/signing/verify.ts`,
    text: 'if (compareByteOrder(name, inner) < 0 || members.has(inner)) {',
    replacement: 'if (members.has(inner)) {',
    guards: [core('signing/refuse-ambiguous')],
  },
  {
    name: 'no reply is ambiguous',
    file: `${CORE}/client/read-reply.ts`,
    text: '  refuseAmbiguous(signed)\n',
    replacement: '',
    guards: [REFUSES],
  },
  {
    name: 'a reply to another request is taken',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (isForeign) {',
    replacement: 'if (false) {',
    guards: [REFUSES, SETTLE],
  },
  {
    name: 'a reply of another endpoint is taken',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (api.foreignFields.some((name) => received.has(name))) {',
    replacement: 'if (false) {',
    guards: [REFUSES],
  },
  {
    name: 'fetch follows redirects',
    file: `${CORE}/transport/fetch-transport.ts`,
    text: "redirect: 'manual',\n        signal",
    replacement: "redirect: 'follow',\n        signal",
    guards: [core('transport/fetch-transport')],
  },
  {
    name: 'any status carries a reply',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (status !== 200) {',
    replacement: 'if (false) {',
    guards: [REFUSES],
  },
  {
    name: 'certificates are not checked',
    file: 'packages/node/src/transport/connector.ts',
    text: 'rejectUnauthorized: true',
    replacement: 'rejectUnauthorized: false',
    guards: [node('transport/undici-transport.tls')],
  },
  {
    name: 'what was sent counts as not delivered',
    file: 'packages/node/src/transport/undici-transport.ts',
    text: 'if (sent) {',
    replacement: 'if (false) {',
    guards: [node('transport/undici-transport.failures'), faults],
  },
  {
    name: 'a request that may have landed is forgotten',
    file: `${CORE}/client/settle/settle.ts`,
    text: 'this.#mayHaveLanded = true',
    replacement: 'this.#mayHaveLanded = false',
    guards: [SETTLE],
  },
  {
    name: 'a change that may have landed is repeated',
    file: `${CORE}/client/retry.ts`,
    text: "if (effect === 'change') return false",
    replacement: '',
    guards: [SETTLE],
  },
  {
    name: 'a card that was never listed counts as unbound',
    file: `${CORE}/client/settle/settle.ts`,
    text: 'if (this.#wasListed && list.seen',
    replacement: 'if (this.#agreement && verdict.seen',
    guards: [SETTLE, faults],
  },
  {
    name: 'a count that is not signed is taken',
    file: `${CORE}/apis/card/list.ts`,
    text: "unsignedFields: ['agreement_list']",
    replacement: "unsignedFields: ['agreement_list', 'count']",
    guards: [SETTLE],
  },
  {
    name: 'what decides an outcome may be a number or null',
    file: `${CORE}/client/read-reply.ts`,
    text: 'if (hasOther) {',
    replacement: 'if (false) {',
    guards: [SETTLE],
  },
  {
    name: 'a row does not contradict a count of zero',
    file: `${CORE}/client/settle/list-status.ts`,
    text: "if (count === '0' && rowsOf(reply).length === 0) {",
    replacement: "if (count === '0') {",
    guards: [VERDICT],
  },
  {
    name: 'any row lists the agreement',
    file: `${CORE}/client/settle/list-status.ts`,
    text: 'return shownBy(reply).has(no_agree)',
    replacement: 'return shownBy(reply).size > 0',
    guards: [VERDICT],
  },
  {
    name: 'the list is asked without the platform',
    file: `${CORE}/client/settle/query-list.ts`,
    text: '...(platform === undefined ? {} : { platform })',
    replacement: '...(platform === undefined ? {} : {})',
    guards: [SETTLE],
  },
  ...CONNECTION_MUTATIONS,
  ...SETTLEMENT_MUTATIONS,
  ...ENSURE_MUTATIONS,
  ...JOB_MUTATIONS,
  ...FILE_MUTATIONS,
  ...NOTIFICATION_MUTATIONS,
  {
    name: 'a signature of the portable backend is not checked before it is released',
    file: 'packages/edge/src/backend/bigint/arithmetic.ts',
    text: 'if (pow(signature, e, n) === block) return signature',
    replacement: 'if (pow !== undefined || block === e) return signature',
    guards: [{ project: 'edge', files: ['packages/edge/src/backend/bigint/arithmetic.test.ts'] }],
  },
]
