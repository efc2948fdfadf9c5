import type { Command } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox reset`: brings a running sandbox back to its start. */
export const sandboxReset: Command = {
  flags: [BASE_URL_FLAG],
  async run(invocation) {
    await callControl(invocation, { method: 'POST', path: 'reset', body: {} })
    const { output } = invocation
    if (output.json) output.object({ ok: true })
    else
      output.line('Reset: the cards of the start are bound, nothing is armed, no request is kept.')
    return EXIT.done
  },
}
