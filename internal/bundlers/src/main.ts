import { bunBinary, denoBinary, nodeBinary } from '@internal/runtimes'
import { startSandbox } from '@llpay/sandbox/node'

import {
  BUNDLERS,
  askNext,
  buildNext,
  writeProject,
  runProgram,
  type Settings,
} from './bundlers.ts'

// Bundles an application that uses @llpay/node as it is published, with each bundler, and unbinds a card
// with every bundle on the oldest Node.js and the one at hand; and the same without a bundler on Bun and Deno.

const NODES = [
  ['Node 20', () => nodeBinary(20)],
  ['Node 24', () => process.execPath],
] as const

const DENO = ['run', '--quiet', '--allow-all', '--no-remote', '--no-config', '--no-lock'] as const

const count = { passed: 0, failed: 0, skipped: 0 }
const FIRST_AGREEMENT = 2_014_031_710_002_121n
const cards = Array.from({ length: 32 }, (_, index) => ({
  user_id: '1234567',
  no_agree: String(FIRST_AGREEMENT + BigInt(index)),
  pay_type: 'D',
}))
await using sandbox = await startSandbox({ cards })
const project = writeProject()

/** What is not installed for this platform is skipped: nothing was proven of it. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND')

function fail(name: string, why: unknown): void {
  count.failed += 1
  console.log(`FAIL ${name}: ${why instanceof Error ? why.message : String(why)}`)
}

/** Does one step, which names what could not be found or done. */
async function attempt<T>(name: string, step: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    if (!isMissing(error)) fail(name, error)
    else {
      count.skipped += 1
      console.log(`skip ${name}: it is not installed for this platform`)
    }
    return undefined
  }
}

/** Unbinds its own card; the sandbox, not the program, is asked whether it is gone. */
async function prove(name: string, unbind: (settings: Settings) => Promise<string>): Promise<void> {
  const card = cards.pop()
  if (card === undefined) throw new Error('There are fewer cards than programs.')
  const outcome = await attempt(name, () => unbind({ ...sandbox.env, NO_AGREE: card.no_agree }))
  if (outcome === undefined) return
  const left = sandbox.state.cards.list().some(({ no_agree }) => no_agree === card.no_agree)
  if (outcome !== 'unbound' || left)
    return fail(name, `${outcome}, ${left ? 'still' : 'no longer'} bound`)
  count.passed += 1
  console.log(`ok   ${name}`)
}

const built = attempt('Next.js (Turbopack)', async () => {
  await buildNext(project)
  return true
})
for (const { name, bundle } of BUNDLERS) {
  const file = await attempt(name, () => bundle(project))
  if (file === undefined) continue
  for (const [on, node] of NODES) {
    await prove(`${name} on ${on}`, (settings) =>
      runProgram([node(), file], project.folder, settings),
    )
  }
}
await prove('no bundler on Bun', (settings) =>
  runProgram([bunBinary(), project.app], project.folder, settings),
)
await prove('no bundler on Deno', (settings) =>
  runProgram(
    [denoBinary(), ...DENO, '--node-modules-dir=manual', project.app],
    project.folder,
    settings,
  ),
)
if ((await built) === true) {
  for (const [on, node] of NODES) {
    await prove(`Next.js (Turbopack) on ${on}`, (settings) => askNext(node(), project, settings))
  }
}

console.log(`bundlers: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
