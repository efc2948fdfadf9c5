import type { CallSummary } from '../model/call-summary.ts'
import type { ClientOutcome } from '../model/client-outcome.ts'
import { findApi } from '../model/find-api.ts'
import type { Call } from '../model/group-calls.ts'
import { readReplyFacts } from '../model/reply-facts.ts'
import type { JournalEntry } from '../wire/records.ts'
import { quoteScript, writeObject } from './quote.ts'
import { neededCards, type NeededCard } from './reproduce-cards.ts'
import { methodOf, paramsOf } from './request-snippets.ts'

/** What an exported test is made of. */
export interface ExportedCase {
  readonly call: Call
  readonly summary: CallSummary
  /** What a client makes of the main request's reply; none where no client sends such a request. */
  readonly outcome: ClientOutcome | undefined
}

const HEAD = `import { startSandbox } from '@llpay/sandbox/node'
import { expect, test } from 'vitest'
`

const DEFAULT_MERCHANT = '201304121000001004'
const ANOTHER_MERCHANT = '201304121000001005'

/** The merchant that the sandbox must know: the request's, unless the sandbox did not know it. */
function merchantFor({ members, checks }: JournalEntry): string | undefined {
  const { oid_partner = '' } = members
  const isKnown = checks.every(({ name, ok }) => name !== 'merchant' || ok !== false)
  if (isKnown && /^[0-9]{18}$/.test(oid_partner)) return oid_partner
  return !isKnown && oid_partner === DEFAULT_MERCHANT ? ANOTHER_MERCHANT : undefined
}

/** Whether only a strict sandbox refuses the request. */
const needsStrict = ({ checks }: JournalEntry) =>
  checks.some(({ why = '' }) => /is not a parameter of this endpoint$|is empty$/.test(why))

function writeStart(main: JournalEntry, cards: readonly NeededCard[]): string {
  const oidPartner = merchantFor(main)
  const options = [
    ...(oidPartner === undefined ? [] : [`oidPartner: ${quoteScript(oidPartner)}`]),
    ...(needsStrict(main) ? ['strict: true'] : []),
    ...(cards.length === 0
      ? []
      : [
          `cards: [\n${cards.map((card) => `      ${writeObject(card, '      ')},\n`).join('')}    ]`,
        ]),
  ]
  const lines = options.map((option) => `    ${option},\n`).join('')
  const start = options.length === 0 ? 'startSandbox()' : `startSandbox({\n${lines}  })`
  return `  await using sandbox = await ${start}\n`
}

function writeScenario({ scenario, api }: JournalEntry): string {
  if (scenario === 'normal' || api === null) return ''
  return `  sandbox.state.play(${quoteScript(scenario)}, { api: ${quoteScript(api)} })\n`
}

const titleOf = (main: JournalEntry, ending: string) =>
  `${main.api ?? 'a malformed request'} ${ending}`

function endingOf(main: JournalEntry): string {
  const { outcome, code } = readReplyFacts(main)
  if (outcome === 'lost') return 'gets no reply'
  if (outcome === 'http' || outcome === 'not-taken') return `gets HTTP ${main.status ?? ''}`
  if (outcome === 'unreadable') return 'gets a reply that cannot be read'
  return outcome === 'success' ? 'succeeds' : `is replied with ${code}`
}

const wrap = (title: string, body: string) => `${HEAD}
test(${quoteScript(title)}, async () => {
${body}})
`

/** The body; where the journal has only a part of it, the members, or any text that is not JSON. */
function writeBody({ method, body, members, canonical, truncated }: JournalEntry): string {
  if (method !== 'POST') return ''
  const substitute = canonical === null ? '{' : JSON.stringify(members)
  const text = body === null || truncated ? substitute : body
  return `body: ${quoteScript(text)},`
}

/** A request that no client of llpay sends is sent as it arrived. */
function writeRaw(main: JournalEntry): string {
  const { outcome, code } = readReplyFacts(main)
  const request = `fetch(sandbox.url + ${quoteScript(main.path)}, {
    method: ${quoteScript(main.method)},
    headers: { 'content-type': 'application/json;charset=utf-8' },
    ${writeBody(main)}
  })`
  const checks =
    outcome === 'lost'
      ? `  await expect(${request}).rejects.toThrow()\n`
      : `  const response = await ${request}
  expect(response.status).toBe(${main.status ?? 0})
${code === '' ? '' : `  expect(await response.json()).toMatchObject({ ret_code: ${quoteScript(code)} })\n`}`
  return wrap(
    titleOf(main, endingOf(main)),
    writeStart(main, []) + writeScenario(main) + checks.replace(/\n {4}\n/, '\n'),
  )
}

/** A binding is verified with the token of an application made in the same test. */
function writeParams(call: Call, main: JournalEntry): { before: string; params: string } {
  const params = paramsOf(main)
  const application = call.entries.find(({ api }) => api === 'card.apply-bind')
  if (main.api !== 'card.verify-bind' || application === undefined) {
    return { before: '', params: writeObject(params, '  ') }
  }
  const { token: _, ...rest } = params
  const fields = Object.entries(rest).map(([name, value]) => `${name}: ${quoteScript(value)}`)
  return {
    before: `  const { reply } = await client.card.applyBind(${writeObject(paramsOf(application), '  ')})\n`,
    params: `{ ${[...fields, 'token: reply.fields.token'].join(', ')} }`,
  }
}

function writeExpectation(main: JournalEntry, request: string, outcome: ClientOutcome): string {
  if (outcome.kind === 'error') {
    const { name, code, returnCode } = outcome
    const expected = {
      name,
      ...(name === 'TransportError' ? {} : { code }),
      ...(returnCode === undefined ? {} : { returnCode }),
    }
    return `  await expect(${request}).rejects.toMatchObject(${writeObject(expected, '  ')})\n`
  }
  const change = findApi(main.api)?.outcome
  return change === undefined
    ? `  const { signature } = await ${request}\n  expect(signature).toBe('verified')\n`
    : `  const { outcome } = await ${request}\n  expect(outcome).toBe(${quoteScript(change)})\n`
}

/** A client that queries every product first finds the card elsewhere, and sends no change. */
function writeElsewhere({ call, summary }: ExportedCase): string {
  const { main, products } = summary
  const params: Record<string, string> = { ...paramsOf(main), pay_type: products.asked }
  const { offset: _, ...card } = params
  const request = `client.card.unbind(${writeObject(card, '  ')}, { settle: 'always' })`
  const expected = { code: 'ERR_AGREEMENT_ELSEWHERE', payType: products.found[0] ?? '' }
  return wrap(
    `card.unbind names ${products.asked}, and the card is bound under ${products.found.join(', ')}`,
    writeStart(main, neededCards(call, call.entries.at(-1) ?? main)) +
      '  const client = await sandbox.client()\n' +
      `  await expect(${request}).rejects.toMatchObject(${writeObject(expected, '  ')})\n`,
  )
}

/** Writes a test that makes the call end as it did, against its own sandbox. */
export function writeVitestFile(exported: ExportedCase): string {
  const { call, summary, outcome } = exported
  const { main } = summary
  const namesCard = (main.members['no_agree'] ?? '') !== ''
  if (summary.outcome === 'elsewhere' && namesCard) return writeElsewhere(exported)
  const isPossible = main.checks.every(({ ok, name }) => ok !== false || name === 'state')
  if (outcome === undefined || main.api === null || !isPossible) return writeRaw(main)
  const { before, params } = writeParams(call, main)
  const isChange = findApi(main.api)?.effect === 'change'
  const options = isChange ? `, { settle: 'never' }` : ''
  const request = `client.${methodOf(main.api)}(${params}${options})`
  return wrap(
    titleOf(main, endingOf(main)),
    writeStart(main, neededCards(call, main)) +
      '  const client = await sandbox.client()\n' +
      before +
      writeScenario(main) +
      writeExpectation(main, request, outcome),
  )
}
