import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
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
  examples: [
    [t('Check the sandbox on the default port', '检查默认端口的沙箱'), 'llpay sandbox health'],
    [t('Check another one', '检查另一个'), 'llpay sandbox health --base-url http://127.0.0.1:9000'],
  ],
  async run(invocation) {
    const { output } = invocation
    const health = await callControl<Health>(invocation, { path: 'health' })
    if (output.json) {
      output.object({ ...health, ok: true })
      return EXIT.done
    }
    output.rows([
      [t('merchants', '商户号'), health.oidPartners.join(', ')],
      [t('cards', '卡'), t(`${health.cards} bound`, `已绑定 ${health.cards} 张`)],
      [t('scenarios', '场景'), t(`${health.scenarios} armed`, `已启用 ${health.scenarios} 个`)],
      [t('requests', '请求'), t(`${health.last} so far`, `至今 ${health.last} 个`)],
    ])
    return EXIT.done
  },
}
