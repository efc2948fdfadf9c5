import { expect, test } from 'vitest'

import { summarizeCall } from '../model/call-summary.ts'
import type { ClientOutcome } from '../model/client-outcome.ts'
import { groupCalls } from '../model/group-calls.ts'
import { makeEntry, type EntryDraft } from '../model/make-entry.ts'
import { writeVitestFile } from './vitest-file.ts'

function write(outcome: ClientOutcome | undefined, ...drafts: readonly EntryDraft[]): string {
  const [call] = groupCalls(
    drafts.map((draft, index) => makeEntry(index + 1, { at: index * 100, ...draft })),
  )
  const summary = call === undefined ? undefined : summarizeCall(call)
  if (call === undefined || summary === undefined) throw new Error('no call')
  return writeVitestFile({ call, summary, outcome })
}

const rejected: ClientOutcome = {
  kind: 'error',
  name: 'RejectedError',
  code: 'ERR_REJECTED',
  message: '',
  delivered: 'yes',
  returnCode: '3003',
}

test('a refusal needs the card under the product that the gateway named', () => {
  const state: EntryDraft['checks'] = [{ name: 'state', ok: false, why: 'bound under M, 3' }]
  expect(write(rejected, { code: '3003', checks: state })).toBe(
    `import { startSandbox } from '@llpay/sandbox/node'
import { expect, test } from 'vitest'

test('card.unbind is replied with 3003', async () => {
  await using sandbox = await startSandbox({
    oidPartner: '201304121000001004',
    cards: [
      { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'M' },
      { user_id: 'u-1', no_agree: '2014031710002121', pay_type: '3' },
    ],
  })
  const client = await sandbox.client()
  await expect(client.card.unbind({ user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' }, { settle: 'never' })).rejects.toMatchObject({ name: 'RejectedError', code: 'ERR_REJECTED', returnCode: '3003' })
})
`,
  )
})

test('a lost reply needs its card and its scenario', () => {
  const lost: ClientOutcome = {
    ...rejected,
    name: 'UnknownOutcomeError',
    code: 'ERR_OUTCOME_UNKNOWN',
  }
  const text = write(lost, { status: null, reply: null, scenario: 'close-after' })
  expect(text).toContain("{ user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' },")
  expect(text).toContain("sandbox.state.play('close-after', { api: 'card.unbind' })")
  expect(text).toContain('ERR_OUTCOME_UNKNOWN')
})

test.each([
  ['of text that is not JSON', { body: 'hello', canonical: null }, "body: 'hello',"],
  ['of a number', { body: '{"offset":20}', canonical: '' }, `body: '{"offset":20}',`],
  ['that is not UTF-8', { body: null, canonical: null }, "body: '{',"],
  ['that the journal cut', { body: '{"off', canonical: null, truncated: true }, "body: '{',"],
])('a body %s is sent again', (_, draft, line) => {
  const checks: EntryDraft['checks'] = [{ name: 'json', ok: false, why: 'not valid JSON' }]
  expect(write(undefined, { code: '1012', checks, ...draft })).toContain(line)
})

test('a request that no client sends is sent as it arrived', () => {
  const checks: EntryDraft['checks'] = [{ name: 'signature', ok: false, why: 'another key' }]
  const text = write(rejected, { code: '1001', checks, members: { sign: 'AAAA' } })
  expect(text).toContain("fetch(sandbox.url + '/bankcardunbind.htm'")
  expect(text).toContain("toMatchObject({ ret_code: '1001' })")
})
