import type { JournalEntry } from '../wire/records.ts'

/** What an entry of a test differs in from a plain unbind that was carried out. */
export interface EntryDraft extends Partial<JournalEntry> {
  /** The return code of the reply. */
  readonly code?: string
  /** Further members of the reply. */
  readonly replied?: Readonly<Record<string, unknown>>
}

const PATHS: Readonly<Record<string, string>> = {
  'card.unbind': '/bankcardunbind.htm',
  'card.list': '/bankcardbindlist.htm',
  'card.apply-bind': '/bankcardbindapply.htm',
  'card.verify-bind': '/bankcardbindverify.htm',
}

/** Makes a journal entry for a test: one request per second. */
export function makeEntry(id: number, draft: EntryDraft = {}): JournalEntry {
  const { code = '0000', replied = {}, members = {}, api = 'card.unbind', ...rest } = draft
  const all = {
    oid_partner: '201304121000001004',
    user_id: 'u-1',
    no_agree: '2014031710002121',
    pay_type: 'D',
    ...members,
  }
  const checks: JournalEntry['checks'] = (
    ['json', 'parameters', 'merchant', 'signature', 'state'] as const
  ).map((name) => ({ name, ok: true }))
  return {
    id,
    run: 'run-1',
    at: id * 1000,
    api,
    method: 'POST',
    path: PATHS[api ?? ''] ?? '/unknown.htm',
    status: 200,
    body: JSON.stringify(all),
    members: all,
    checks,
    canonical: null,
    signed: null,
    reply: JSON.stringify({ ret_code: code, ...replied }),
    ret_code: code,
    scenario: 'normal',
    durationMs: 5,
    truncated: false,
    ...rest,
  }
}
