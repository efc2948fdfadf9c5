import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

interface Health {
  readonly oidPartners: readonly string[]
  readonly cards: number
  readonly scenarios: number
  readonly last: number
}

/** `llpay sandbox health`: whether a sandbox runs, and what it holds. */
export const sandboxHealth: Command = {
  flags: [BASE_URL_FLAG],
  async run(invocation) {
    const { output } = invocation
    const health = await callControl<Health>(invocation, { path: 'health' })
    if (output.json) {
      output.object({ ...health, ok: true })
      return EXIT.done
    }
    output.line(`merchants  ${health.oidPartners.join(', ')}`)
    output.line(`cards      ${health.cards} bound`)
    output.line(`scenarios  ${health.scenarios} armed`)
    output.line(`requests   ${health.last} so far`)
    return EXIT.done
  },
}
