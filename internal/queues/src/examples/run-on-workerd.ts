import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { startWorkerd } from '../../../runtimes/src/runners/start-workerd.ts'
import { bundle } from '../workerd/bundle.ts'
import { queuePlatform } from '../workerd/platform.ts'
import { EXAMPLES } from './repository.ts'
import { CARDS_FILE, type Environment, type Run } from './sandbox.ts'

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
export const runOnWorkerd: Run = async (environment, tell) => {
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
