import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { CLI_FILE } from '@internal/testkit/cli'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { vectorKey } from '@internal/vectors'

import { FASTEST } from '../measure/fastest.ts'
import { interleave, type Contender } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'
import { benchWorkerStart } from './start-worker.ts'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))
const CARD = ['--user-id', 'u', '--no-agree', 'n', '--pay-type', 'D']
const VERSION_GOAL = 1.1
const DRY_RUN_GOAL = 1.35

function execute(file: string, args: readonly string[]): string {
  const env = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: vectorKey('k2048').pkcs8Pem,
  }
  const { status, stdout } = spawnSync(file, args, {
    cwd: FOLDER,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`exit ${String(status)}`)
  return stdout
}

/** Milliseconds from the start of a process to its end. */
function run(args: readonly string[]): number {
  const started = performance.now()
  execute(process.execPath, args)
  return performance.now() - started
}

/** Milliseconds that a process has a processor, which other processes hardly change; by the shell's `times`. */
function runOnCpu(args: readonly string[]): number {
  const script = '"$@" >/dev/null || exit; times'
  const times = execute('bash', ['-c', script, 'bash', process.execPath, ...args])
  const ofChildren = times.trim().split('\n').at(-1) ?? ''
  const spans = Array.from(ofChildren.matchAll(/(\d+)m([\d.]+)s/g))
  return spans.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  )
}

const contender = (name: string, role: Contender['role'], args: readonly string[]): Contender => ({
  name,
  role,
  sample: () => run(args),
})

/** A contender as the short form measures it, which a busy machine must not spoil. */
const onCpu = (name: string, role: Contender['role'], args: readonly string[]): Contender => ({
  name,
  role,
  sample: () => runOnCpu(args),
})

const bareModule = contender('an empty module', 'limit', ['--input-type=module', '-e', '0'])
const load = (name: string, role: Contender['role']) =>
  contender(`import '${name}'`, role, ['--input-type=module', '-e', `import '${name}'`])

const LOAD_CRYPTO = `const { createPrivateKey, sign } = require('node:crypto');`
const SIGN_ONCE = `${LOAD_CRYPTO}sign('md5', Buffer.from('a'), createPrivateKey(process.env.LLPAY_PRIVATE_KEY))`
const COMPILED = `${SIGN_ONCE};new (require('node:vm').Script)(require('node:fs').readFileSync(process.argv[1], 'utf8'))`
const MAIN_FILE = join(dirname(CLI_FILE), 'main.js')
const floor = (name: string, text: string) =>
  contender(`node -e: ${name}`, 'peer', ['-e', text, MAIN_FILE])

/** The start of the command line and of each package, against the start of Node.js itself. */
export const benchStart: Bench = async function* ({ short }) {
  const rounds = short ? 15 : 41
  const start = short ? onCpu : contender
  const unit = short ? 'ms of CPU' : 'ms'
  const bare = start('node -e 0', 'limit', ['-e', '0'])
  const version = await interleave(
    [bare, start('llpay --version', 'ours', [CLI_FILE, '--version'])],
    rounds,
    FASTEST,
  )
  yield { title: 'start: --version', unit, rows: version, goal: VERSION_GOAL }
  const dryRun = await interleave(
    [
      bare,
      start('llpay unbind --dry-run', 'ours', [CLI_FILE, 'unbind', ...CARD, '--dry-run']),
      ...(short
        ? []
        : [
            floor('node:crypto, loaded', LOAD_CRYPTO),
            floor('and one signature', SIGN_ONCE),
            floor("and llpay's code compiled", COMPILED),
          ]),
    ],
    rounds,
    FASTEST,
  )
  yield { title: 'start: --dry-run', unit, rows: dryRun, goal: DRY_RUN_GOAL }
  if (short) return
  const imports = await interleave(
    [
      bareModule,
      load('@llpay/node', 'ours'),
      load('@llpay/core', 'peer'),
      load('@llpay/edge', 'peer'),
      load('stripe', 'peer'),
      load('alipay-sdk', 'peer'),
      load('wechatpay-axios-plugin', 'peer'),
    ],
    21,
    FASTEST,
  )
  yield { title: 'start: import', unit: 'ms', rows: imports }
  yield await benchWorkerStart(21)
}
