import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { BASE_URL_FLAG, callControl } from '../sandbox/control-client.ts'

/** `llpay sandbox reset`: brings a running sandbox back to its start. */
export const sandboxReset: Command = {
  flags: [BASE_URL_FLAG],
  examples: [
    [t('Reset the sandbox on the default port', '恢复默认端口的沙箱'), 'llpay sandbox reset'],
    [t('Reset another one', '恢复另一个'), 'llpay sandbox reset --base-url http://127.0.0.1:9000'],
  ],
  async run(invocation) {
    await callControl(invocation, { method: 'POST', path: 'reset', body: {} })
    const { output } = invocation
    if (output.json) output.object({ ok: true })
    else {
      output.line(
        t(
          'Reset: the initial cards are bound, no scenario is armed, no request is kept.',
          '已恢复：绑定的是启动时的卡，未启用场景，请求记录已清空。',
        ),
      )
    }
    return EXIT.done
  },
}
