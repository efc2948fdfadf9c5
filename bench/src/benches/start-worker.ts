import { unpackPackages } from '@internal/runtimes'
import { bundleModule } from '@internal/runtimes/bundle'
import { startWorkerd } from '@internal/runtimes/workerd'

import { FASTEST } from '../measure/fastest.ts'
import { interleave } from '../measure/interleave.ts'
import type { Group } from '../measure/result.ts'
import { temporaryFolder } from '../measure/temporary-folder.ts'

const EMPTY = `export default { fetch: () => new Response('up') }`
/** All of the smallest Worker is loaded; it is not asked to call anybody. */
const SMALLEST = `
  import { worker } from './size/smallest-worker.ts'
  export default {
    fetch: (request, env) =>
      new URL(request.url).pathname === '/' ? new Response('up') : worker.fetch(request, env),
  }
`

/** From the start of workerd to the first reply of a Worker. */
export async function benchWorkerStart(rounds: number): Promise<Group> {
  using folder = temporaryFolder()
  const packed = unpackPackages(['core', 'edge'])
  const [empty, smallest] = await Promise.all([
    bundleModule(EMPTY, packed),
    bundleModule(SMALLEST, packed),
  ])
  const start = async (module: string) => {
    const started = performance.now()
    await using worker = await startWorkerd({ folder: folder.path, module, compatibilityFlags: [] })
    await (await fetch(worker.url)).text()
    return performance.now() - started
  }
  const rows = await interleave(
    [
      { name: 'an empty Worker', role: 'limit', sample: () => start(empty) },
      { name: 'the smallest Worker, in one file', role: 'ours', sample: () => start(smallest) },
    ],
    rounds,
    FASTEST,
  )
  return { title: 'start: a Worker in workerd', unit: 'ms to the first reply', rows }
}
