import {
  createClient,
  type Client,
  createSigner,
  probeBackends,
  type BackendReport,
  type SignatureAlgorithm,
} from '@llpay/edge'

import { failureOf, runCase, type Case, type Outcome, data, keyOf, CARD, merchant } from './case.ts'
import { sandboxCases, transportCases, notificationCases } from './cases/call-cases.ts'
import { backendCases, type Candidate, keyCases } from './cases/signing-cases.ts'

const OTHER = { ...CARD, no_agree: '2014031710002122' }
let stages = 0

/** A client whose gateway plays something, on its own stage. */
function open(play: string): { client: Client; urlOf: (other: string) => string } {
  stages += 1
  const stage = `${stages}-${Math.random()}`
  const urlOf = (other: string) => `${data().gatewayUrl}/${other}/${stage}`
  return { client: createClient(merchant({ baseUrl: urlOf(play) })), urlOf }
}

/** What a call ended with: its outcome, or the return code or the code of its error. */
const endOf = (call: Promise<{ outcome: string } | object>): Promise<unknown> =>
  call.then(
    (result) => Reflect.get(result, 'outcome'),
    (error: object) => Reflect.get(error, 'returnCode') ?? Reflect.get(error, 'code'),
  )

/** Sends as other code of the program may: the platform then keeps the connection for the next request. */
const visit = async (url: string) => (await fetch(url, { method: 'POST', body: '{}' })).text()

/** How long a platform may take to put a connection back that a reply was read from. */
const settle = () =>
  new Promise((later) => {
    setTimeout(later, 20)
  })

/** Finds out whether a late duplicate of a reply can pass for the reply to another request. */
async function separatesConnections(): Promise<boolean> {
  const success = open('late-success').client
  const ends = [await endOf(success.card.unbind(CARD))]
  await settle()
  ends.push(await endOf(success.card.unbind(OTHER)))
  const list = open('late-list').client
  ends.push(await endOf(list.card.list({ user_id: CARD.user_id })))
  await settle()
  ends.push(await endOf(list.card.unbind(CARD)))
  const expected = ['unbound', '1008', '8901', 'unbound']
  return JSON.stringify(ends) === JSON.stringify(expected)
}

/**
 * Finds out whether a change arrives once at a gateway that carries it out and closes: on a fresh
 * connection, behind a list, and behind a request of other code.
 */
async function sendsChangesOnce(): Promise<boolean> {
  const counts: string[] = []
  const prepare: readonly ((client: Client, url: string) => Promise<unknown>)[] = [
    async () => undefined,
    (client) => endOf(client.card.list({ user_id: CARD.user_id })),
    (_, url) => visit(url),
  ]
  for (const before of prepare) {
    const { client, urlOf } = open('execute-and-close')
    await before(client, urlOf('execute-and-close'))
    await settle()
    const end = await endOf(client.card.unbind(CARD))
    counts.push(`${String(end)} ${await visit(urlOf('changes'))}`)
  }
  return counts.every((count) => count === 'ERR_OUTCOME_UNKNOWN 1')
}

/** Finds out whether a reply is read behind a `100 Continue` that nobody asked for. */
async function readsBehindContinue(): Promise<boolean> {
  return (await endOf(open('interim-first').client.card.unbind(CARD))) === 'unbound'
}

const works = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  )

const signsMd5 = (backend: 'webcrypto' | 'node') =>
  works(createSigner(keyOf('k1024').pkcs8Pem, 'MD5withRSA', { backend }))

/** What some runtime lacks, and how to find out. */
const QUESTIONS = {
  'MD5 in WebCrypto': () => signsMd5('webcrypto'),
  'node:crypto': () => signsMd5('node'),
  // Sandbox keys have it: where it is refused, they need the next backend.
  'exponent 65539 in WebCrypto': () =>
    works(createSigner(data().sandboxKey.privatePem, 'SHA256withRSA', { backend: 'webcrypto' })),
  process: async () => 'process' in globalThis,
  'AbortSignal.any': async () => 'any' in AbortSignal,
  'Uint8Array.fromBase64': async () => 'fromBase64' in Uint8Array,
  'errors that tell a refused connection': async () => {
    const client = createClient(merchant({ baseUrl: data().closedUrl }))
    return (await failureOf(client.card.unbind(CARD))).delivered === 'no'
  },
  'a connection of its own for each request': separatesConnections,
  'changes that are sent once': sendsChangesOnce,
  'replies behind a 100 Continue': readsBehindContinue,
} as const

/** Something that a runtime can lack. */
export type Lack = keyof typeof QUESTIONS

/** Finds out what the runtime lacks, by trying. */
async function findLacks(): Promise<string[]> {
  const lacks: string[] = []
  for (const [name, has] of Object.entries(QUESTIONS)) if (!(await has())) lacks.push(name)
  return lacks
}

const ALGORITHMS = ['MD5withRSA', 'SHA256withRSA'] as const
const BACKENDS = ['webcrypto', 'node', 'bigint'] as const

/** What came of the suite in a runtime. */
export interface SuiteReport {
  readonly backends: readonly BackendReport[]
  readonly lacks: readonly string[]
  readonly outcomes: readonly Outcome[]
}

async function findCandidates(algorithm: SignatureAlgorithm): Promise<Candidate[]> {
  const found: Candidate[] = [{ backend: 'auto', algorithm }]
  const usual = await probeBackends(algorithm, { allowBigIntSigning: true })
  for (const backend of BACKENDS) {
    if (backend === usual.sign.chosen && backend === usual.verify.chosen) continue
    const { sign, verify } = await probeBackends(algorithm, { backend, allowBigIntSigning: true })
    if (sign.chosen !== null && verify.chosen !== null) found.push({ backend, algorithm })
  }
  return found
}

/** Runs every case, in whatever runtime this is. */
export async function runSuite(): Promise<SuiteReport> {
  const backends: BackendReport[] = []
  const cases: Case[] = [
    ...keyCases(),
    ...sandboxCases(),
    ...transportCases(),
    ...notificationCases(),
  ]
  for (const algorithm of ALGORITHMS) {
    backends.push(await probeBackends(algorithm, { allowBigIntSigning: true }))
    for (const candidate of await findCandidates(algorithm)) cases.push(...backendCases(candidate))
  }
  const outcomes: Outcome[] = []
  for (const each of cases) outcomes.push(await runCase(each))
  return { backends, lacks: await findLacks(), outcomes }
}
