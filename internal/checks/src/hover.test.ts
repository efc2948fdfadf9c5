import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import ts from 'typescript-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// What an editor shows to a user of the built packages: TypeScript 7 has no API for that, and reads the
// same declarations.

/** A program of a user's; each `/*name*\/` stands in front of what a hover or a completion is asked for. */
const PROGRAM = `
import { type AnyLLPayError, isLLPayError, createClient, createNotificationHandler, memorySeen, toProblem } from '@llpay/node'
import { unbind } from '@llpay/core/apis/card'
import { createUnbindProcessor } from '@llpay/core/bulk'
const client = createClient({
  /*oidPartner*/oidPartner: '', /*privateKey*/privateKey: '', /*gatewayPublicKey*/gatewayPublicKey: '',
  /*baseUrl*/baseUrl: '', /*timeoutMs*/timeoutMs: 1, /*retry*/retry: 1, /*settle*/settle: /*settleValue*/'auto',
  /*payTypes*/payTypes: [], /*onEvent*/onEvent: () => undefined,
})
createNotificationHandler({
  /*kind*/kind: 'payout', oidPartner: '', /*notifyKey*/gatewayPublicKey: '', /*seen*/seen: memorySeen(),
  async /*onNotification*/onNotification(payout) {
    console.log(payout./*n_no_order*/no_order, payout./*n_money*/money_order, payout./*n_result*/result_pay === /*resultValue*/'SUCCESS')
  },
  /*onRefused*/onRefused: () => undefined, /*expect*/expect: async () => ({ /*money*/money: '' }), /*leaseMs*/leaseMs: 1,
  /*deadlineMs*/deadlineMs: 1, /*form*/form: false,
})
export async function run(): Promise<void> {
  const result = await client.card./*unbind*/unbind(
    { /*user_id*/user_id: '', /*no_agree*/no_agree: '', /*pay_type*/pay_type: /*payTypeValue*/'2', /*platform*/platform: '' },
    { /*signal*/signal: undefined, /*beforeSending*/beforeSending: undefined, /*resume*/resume: true },
  )
  console.log(result./*outcome*/outcome, result./*evidence*/evidence, result./*reply*/reply, result./*attempts*/attempts)
  const { fields } = await client.card./*list*/list({ /*list_user_id*/user_id: '', /*offset*/offset: '0' })
  console.log(fields./*count*/count, fields.agreement_list?.[0]?./*bank_name*/bank_name)
  const sure = await client.card./*ensureUnbound*/ensureUnbound({ /*ensure_user_id*/user_id: '', /*ensure_no_agree*/no_agree: '' })
  if (sure.outcome === 'unbound') console.log(sure./*ensure_payTypes*/payTypes, sure./*undecided*/undecided)
  else console.log(sure./*queried*/queried)
  await client.card.applyBind({
    user_id: '', pay_type: 'D', /*card_no*/card_no: '', acct_name: '', bind_mob: '',
    id_type: '', id_no: '', /*risk_item*/risk_item: {},
  })
  createUnbindProcessor(client, { oidPartner: '', /*jobIdKey*/jobIdKey: new Uint8Array(16), /*ensure*/ensure: true })
  try {
    await client.call(unbind, { user_id: '', no_agree: '' })
  } catch (error) {
    if (!isLLPayError(error)) throw error
    console.log(error./*code*/code, error./*delivered*/delivered, error./*hint*/hint, error./*reason*/reason)
    if (error.name === 'RejectedError') console.log(error./*returnCode*/returnCode, error./*category*/category)
    if (error.name === 'UnknownOutcomeError') console.log(error./*lastSeen*/lastSeen, error./*payType*/payType)
    if (error.name === 'TransportError') console.log(error./*retryAfterMs*/retryAfterMs)
    if (error.name === 'ParameterError') console.log(error./*issues*/issues)
    console.log(toProblem(error)./*status*/status)
  }
}
`

const completionsOf = (name: string) =>
  service.getCompletionsAtPosition(file, placeOf(name) + 1, {})?.entries.map((each) => each.name)

let folder = ''
let service: ts.LanguageService
let file = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-hover-'))
  file = join(folder, 'user.ts')
  writeFileSync(file, PROGRAM)
  // From a folder that has the packages as dependencies, as an application has them.
  symlinkSync(join(ROOT, 'bench/node_modules'), join(folder, 'node_modules'))
  const options: ts.CompilerOptions = {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
    types: [],
  }
  service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
    readDirectory: (...args) => ts.sys.readDirectory(...args),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const placeOf = (name: string) => PROGRAM.indexOf(`/*${name}*/`) + `/*${name}*/`.length

function hover(name: string): { readonly type: string; readonly text: string } {
  const info = service.getQuickInfoAtPosition(file, placeOf(name))
  return {
    type: ts.displayPartsToString(info?.displayParts),
    text: ts.displayPartsToString(info?.documentation).replaceAll(/\s+/g, ' '),
  }
}

test('the results of a payout are completed', () => {
  expect(completionsOf('resultValue')).toEqual(
    expect.arrayContaining(['SUCCESS', 'FAILURE', 'CANCEL']),
  )
})

test('the program of the user compiles', () => {
  const problems = [
    ...service.getSyntacticDiagnostics(file),
    ...service.getSemanticDiagnostics(file),
  ]
  expect(problems.map(({ messageText }) => messageText)).toEqual([])
})

describe('a hover documents', () => {
  test.each<[string, RegExp]>([
    ['oidPartner', /18 digits/],
    ['kind', /one `notify_url` for each kind/],
    ['notifyKey', /LianLian's RSA public key/],
    ['seen', /`redisSeen`, `postgresSeen`, `d1Seen`/],
    ['onNotification', /at least once/],
    ['n_no_order', /Your number of the order/],
    ['n_money', /as text, in yuan/],
    ['n_result', /`SUCCESS` paid, `FAILURE` failed, `CANCEL` returned/],
    ['onRefused', /not acknowledged/],
    ['expect', /your own record/],
    ['money', /up to 12 digits/],
    ['leaseMs', /milliseconds \(default: 110000/],
    ['deadlineMs', /milliseconds \(default: 4500/],
    ['form', /default: false/],
    ['privateKey', /private key.*PEM/],
    ['gatewayPublicKey', /LianLian's/],
    ['baseUrl', /sandbox or a proxy.*default: LianLian/],
    ['timeoutMs', /milliseconds.*default: 30000/],
    ['retry', /0 to 10 \(default: 2\)/],
    ['settle', /`auto`.*`always`.*`never`.*default: `auto`/],
    ['payTypes', /default: 2, 3, D, P, M, F, N/],
    ['onEvent', /retry and settlement/],
    ['user_id', /customer's id in your system/],
    ['no_agree', /agreement number of the bound card/],
    ['pay_type', /2 express debit \(assumed if omitted\).*D verified/],
    ['platform', /share customers/],
    ['signal', /Ends the call early/],
    ['beforeSending', /right before each request that changes something/],
    ['resume', /default: false/],
    ['outcome', /`unbound`/],
    ['evidence', /proves the outcome/],
    ['reply', /evidence/],
    ['attempts', /requests/],
    ['list_user_id', /customer's id in your system/],
    ['offset', /rows to skip/],
    ['count', /number of agreements/],
    ['bank_name', /bank's name/],
    ['ensureUnbound', /every product|whichever products/],
    ['ensure_user_id', /customer's id in your system/],
    ['ensure_no_agree', /agreement number of the bound card/],
    ['ensure_payTypes', /products \(`pay_type`\)/],
    ['undecided', /does not have/],
    ['queried', /absent/],
    ['card_no', /card number/],
    ['risk_item', /JSON object/],
    ['jobIdKey', /16 random bytes/],
    ['ensure', /default: false/],
    ['code', /switch/i],
    ['delivered', /reached LianLian/],
    ['hint', /next step/],
    ['reason', /stable key/],
    ['returnCode', /`ret_code`/],
    ['category', /not-found/],
    ['lastSeen', /list of bound cards/],
    ['payType', /pay_type/],
    ['retryAfterMs', /milliseconds/],
    ['issues', /rule/],
    ['status', /HTTP status/],
  ])('%s', (name, pattern) => {
    expect(hover(name).text).toMatch(pattern)
  })

  test('a call with a type that a person can read', () => {
    const { type } = hover('unbind')
    expect(type).toContain('UnbindParams')
    expect(type.length).toBeLessThan(300)
  })
})

describe('a completion', () => {
  test('of pay_type has the known products', () => {
    expect(completionsOf('payTypeValue')).toEqual(
      expect.arrayContaining(['2', '3', 'D', 'P', 'M', 'F', 'N']),
    )
  })

  test('of settle has its modes', () => {
    expect(completionsOf('settleValue')).toEqual(
      expect.arrayContaining(['never', 'auto', 'always']),
    )
  })
})
