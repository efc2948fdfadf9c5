import { readReport, TIMEOUT_MS, type Runner } from './runner.ts'
import { startWorkerd } from './start-workerd.ts'

/** Runs the suite as a Worker on workerd, with the given compatibility flags. */
export function runWorkerd(...compatibilityFlags: string[]): Runner {
  return async ({ folder, bundles }) => {
    await using worker = await startWorkerd({ folder, module: bundles.worker, compatibilityFlags })
    const response = await fetch(worker.url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return readReport(await response.text())
  }
}
