import { basename, join } from 'node:path'

import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/** Lists what was skipped with a reason, and ends a run with one plain line: a broken module is a failure. */
const closingLine: Reporter = {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<unknown>): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      count.failed += module.errors().length
      for (const test of module.children.allTests()) {
        const result = test.result()
        count[result.state] += 1
        if (result.state !== 'skipped' || result.note === undefined) continue
        process.stdout.write(`\nskip ${test.fullName}: ${result.note}`)
      }
    }
    const skipped = count.skipped + count.pending
    process.stdout.write(
      `\nvitest: ${count.passed} passed, ${count.failed} failed, ${skipped} skipped\n`,
    )
  },
}

// Tests see the sources of other packages, not their build.
const conditions = ['@llpay/source', 'module', 'node', 'development|production']

/** Core has no state that one of its test files could leave to another: they share a process. */
const SHARING = ['packages/core']

/** What a project does before its tests. */
const SETUPS: Readonly<Record<string, string>> = {
  'packages/cli': join(import.meta.dirname, 'packages/cli/build-for-tests.ts'),
}

/** Examples log every event, as an application would. */
const SILENT = ['examples/web']

const project = (root: string) => ({
  extends: true as const,
  root,
  test: {
    name: basename(root),
    include: ['src/**/*.test.ts'],
    isolate: !SHARING.includes(root),
    silent: SILENT.includes(root),
    ...(SETUPS[root] === undefined ? {} : { globalSetup: SETUPS[root] }),
  },
})

const PROJECTS = [
  'packages/core',
  'packages/node',
  'packages/edge',
  'packages/sandbox',
  'packages/cli',
  'internal/campaigns',
  'apps/console',
  'internal/checks',
  'internal/mutations',
  'bench',
  'examples/web',
]

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: PROJECTS.map(project),
    maxWorkers: 2,
    // A safety net: no verdict depends on how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', closingLine],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
})
