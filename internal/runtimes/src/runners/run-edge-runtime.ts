import { EdgeRuntime } from 'edge-runtime'

import { readReport, type Runner } from './runner.ts'

const HANDLER = `;addEventListener('fetch', (event) =>
  event.respondWith(runSuite().then((report) => Response.json(report))))`

/** Runs the suite in edge-runtime, which edge-light functions are developed with. */
export const runEdgeRuntime: Runner = async ({ bundles }) => {
  const runtime = new EdgeRuntime({ initialCode: bundles.script + HANDLER })
  const response = await runtime.dispatchFetch('http://localhost/')
  return readReport(await response.text())
}
