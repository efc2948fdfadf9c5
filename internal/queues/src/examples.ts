// Runs every example for queues as a user would, and looks at what it says of each card.
// Usage: examples.ts [bullmq|cloudflare|pg-boss|postgres] runs one of them instead, and shows what it says.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

import { startWorkerd } from '@internal/runtimes/workerd'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { report, type Question, type Skipped } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'
import { startPostgres, startRedis, type Service } from '@internal/testkit/services'
import { merchantKeys } from '@internal/testkit/signing'
import { startSandbox } from '@llpay/sandbox/node'

import { startGateway } from './contract/gateway.ts'
import { bundle, queuePlatform } from './workerd/platform.ts'

/** Where the examples for queues lie. */
const EXAMPLES: string = join(ROOT, 'examples/queues')

/** The variables that point an example at what it works with. */
type Environment = Readonly<Record<string, string>>

/** Runs an example, reports its lines, and returns whether it succeeded. */
type Run = (environment: Environment, report: (line: string) => void) => Promise<boolean>

/** A sandbox, and the variables that point an example at it. */
interface OpenSandbox extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
}

interface Card {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type: string
}

/** The cards of the examples, one JSON object a line. */
const CARDS_FILE: string = join(EXAMPLES, 'cards.ndjson')

/** The cards that are bound: all but the last. */
function boundCards(): Card[] {
  const lines = readFileSync(CARDS_FILE, 'utf8').trim().split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line))
}

/** Starts a sandbox with its keys in files. */
async function openSandbox(): Promise<OpenSandbox> {
  const keys = await mkdtemp(join(tmpdir(), 'llpay-keys-'))
  const sandbox = await startSandbox({ keys, cards: boundCards() })
  return {
    environment: sandbox.env,
    async [Symbol.asyncDispose]() {
      await sandbox[Symbol.asyncDispose]()
      await rm(keys, { recursive: true })
    },
  }
}

/** Serves `@llpay/sandbox` with test keys: workerd does not sign with the marked ones that a sandbox generates. */
async function openOwnSandbox(): Promise<OpenSandbox> {
  const gateway = await startGateway()
  for (const { user_id, no_agree } of boundCards()) gateway.bind(user_id, no_agree)
  const environment = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: merchantKeys().merchant.pkcs8Pem,
    LLPAY_GATEWAY_KEY: merchantKeys().gateway.spkiPem,
    LLPAY_BASE_URL: gateway.url,
  }
  return { environment, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() }
}

/** Runs an example that is a script. */
function runOnNode(name: string): Run {
  return async (environment, tell) => {
    const script = join(EXAMPLES, name, 'unbind-many.ts')
    const child = spawn(process.execPath, [script, CARDS_FILE], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    })
    createInterface({ input: child.stdout }).on('line', tell)
    const [status] = await once(child, 'close')
    return status === 0
  }
}

const API_TOKEN = 'a token for this run'
const HEADERS = { authorization: `Bearer ${API_TOKEN}` }
const DELIVERY = { maxBatchSize: 10, maxBatchTimeout: 1, maxRetries: 100, maxConcurrency: 1 }
/** Only ends what hangs: a run takes seconds. */
const MOST_POLLS = 3000
const POLL_MS = 200
const WORKER = join(EXAMPLES, 'cloudflare/src/worker.ts')

/** What wrangler would set: secrets are texts, not files. */
function bindingsOf(environment: Environment): Record<string, string> {
  const { LLPAY_OID_PARTNER = '', LLPAY_BASE_URL = '', LLPAY_JOB_ID_KEY = '' } = environment
  return {
    API_TOKEN,
    LLPAY_OID_PARTNER,
    LLPAY_BASE_URL,
    LLPAY_JOB_ID_KEY,
    LLPAY_PRIVATE_KEY: environment['LLPAY_PRIVATE_KEY'] ?? '',
    LLPAY_GATEWAY_KEY: environment['LLPAY_GATEWAY_KEY'] ?? '',
  }
}

async function listVerdicts(url: string): Promise<string[]> {
  const response = await fetch(`${url}/verdicts`, { headers: HEADERS })
  return (await response.text()).split('\n').slice(0, -1)
}

/** Runs the example that is a Worker, with workerd's own queue and database. */
const runOnWorkerd: Run = async (environment, tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'llpay-example-'))
  try {
    await using worker = await startWorkerd({
      folder,
      module: await bundle(WORKER),
      compatibilityFlags: ['no_nodejs_compat', 'no_nodejs_compat_v2'],
      bindings: bindingsOf(environment),
      platform: queuePlatform(DELIVERY),
    })
    const body = readFileSync(CARDS_FILE, 'utf8')
    const post = (path: string, text = '') =>
      fetch(`${worker.url}${path}`, { method: 'POST', headers: HEADERS, body: text })
    const { ok } = await post('/setup')
    if (!ok || !(await post('/jobs', body)).ok) return false
    let verdicts: string[] = []
    const expected = body.trim().split('\n').length
    for (let left = MOST_POLLS; verdicts.length < expected && left > 0; left -= 1) {
      await delay(POLL_MS)
      verdicts = await listVerdicts(worker.url)
    }
    for (const verdict of verdicts) tell(verdict)
    return true
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Example {
  readonly open: () => Promise<OpenSandbox>
  readonly run: Run
  /** The server it needs, and the variable that names it. */
  readonly needs?: { readonly variable: string; start(): Promise<Service | undefined> }
}

/** The examples by name. */
const RUNS: Readonly<Record<string, Example>> = {
  'pg-boss': { open: openSandbox, run: runOnNode('pg-boss') },
  postgres: {
    open: openSandbox,
    run: runOnNode('pg-boss'),
    needs: { variable: 'DATABASE_URL', start: startPostgres },
  },
  bullmq: {
    open: openSandbox,
    run: runOnNode('bullmq'),
    needs: { variable: 'REDIS_URL', start: startRedis },
  },
  cloudflare: { open: openOwnSandbox, run: runOnWorkerd },
}

/** Starts what an example needs, runs it, and ends what was started; nothing where it is not there. */
async function runExample(
  { open, run, needs }: Example,
  tell: (line: string) => void,
): Promise<boolean | undefined> {
  await using service = await needs?.start()
  if (needs !== undefined && service === undefined) return undefined
  await using sandbox = await open()
  const environment = {
    ...sandbox.environment,
    LLPAY_JOB_ID_KEY: randomBytes(32).toString('hex'),
    ...(needs === undefined || service === undefined ? {} : { [needs.variable]: service.url }),
  }
  return await run(environment, tell)
}

const EXPECTED = ['not-bound', 'unbound', 'unbound', 'unbound', 'unbound']

const outcomeOf = (line: string): string => JSON.parse(line).outcome

async function checkAll(): Promise<void> {
  const questions: Question[] = []
  const skipped: Skipped[] = []
  for (const [name, example] of Object.entries(RUNS)) {
    const lines: string[] = []
    const isWell = await runExample(example, (line) => lines.push(line))
    if (isWell === undefined) {
      skipped.push({ name, why: 'its server is not installed' })
      continue
    }
    questions.push({
      name: `${name} unbinds four cards, and says that the fifth is not bound`,
      ask: () => {
        const outcomes = lines.map(outcomeOf).toSorted()
        const isRight = isWell && outcomes.join() === EXPECTED.join()
        return isRight ? [] : [`it said ${lines.join('\n')}`]
      },
    })
  }
  await report('queue-examples', questions, skipped)
}

async function show(name: string): Promise<void> {
  const example = RUNS[name]
  if (example === undefined) throw new Error(`name one of ${Object.keys(RUNS).join(', ')}`)
  const isWell = await runExample(example, console.log)
  if (isWell === undefined) console.error(`${name} was not run: its server is not installed.`)
  process.exitCode = isWell === true ? 0 : 1
}

const [chosen] = process.argv.slice(2)
await (chosen === undefined ? checkAll() : show(chosen))
