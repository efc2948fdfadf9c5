import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { report, type Question } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import { applyMutation, copyRepository, runGuard } from './copy.ts'
import type { Guard, Mutation } from './mutation.ts'
import { MUTATIONS } from './mutations.ts'

// Usage: run.ts [--only TEXT] removes one protection after another in a copy of the sources, and
// demands that the tests notice. --only takes the mutations whose name or file has TEXT in it.
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })

const nameOf = (guard: Guard) => ('script' in guard ? guard.script : guard.files).join(' ')

const tail = (output: string) => output.trim().split('\n').slice(-12).join('\n')

/** Unless it passes on the sources as they are, a guard that fails proves nothing. */
const soundness = (copy: string, guard: Guard): Question => ({
  name: `as it is: ${nameOf(guard)}`,
  ask: async () => {
    const { passed, failed, sound, output } = await runGuard(ROOT, copy, guard)
    return sound && failed === 0 && passed > 0 ? [] : [tail(output)]
  },
})

const question = (copy: string, mutation: Mutation, guard: Guard): Question => ({
  name: `${mutation.name}: ${nameOf(guard)}`,
  ask: async () => {
    const restore = applyMutation(copy, mutation)
    try {
      const { passed, failed, sound, output } = await runGuard(ROOT, copy, guard)
      if (failed === 0) return ['survived: the tests pass without this protection']
      if (passed === 0 || !sound)
        return ['the mutation broke the tests, so it proves nothing', tail(output)]
      console.log(`     noticed by ${failed} of ${passed + failed}`)
      return []
    } finally {
      restore()
    }
  },
})

const chosen = MUTATIONS.filter(({ name, file }) =>
  [name, file].some((each) => each.includes(values.only)),
)
const guards = new Map(
  chosen.flatMap(({ guards: each }) => each.map((guard) => [nameOf(guard), guard])),
)
const copy = copyRepository(ROOT)
try {
  await report('mutations', [
    ...Array.from(guards.values(), (guard) => soundness(copy, guard)),
    ...chosen.flatMap((mutation) =>
      mutation.guards.map((guard) => question(copy, mutation, guard)),
    ),
  ])
} finally {
  rmSync(copy, { recursive: true, force: true })
}
