import { sandboxInChinese, scenarioInChinese } from '@llpay/sandbox/chinese'

import { language } from '../state/preferences.ts'

/** What the sandbox says of a check or a delivery, in the language of the page. */
export const sayReason = (why: string): string =>
  language.value === 'zh' ? sandboxInChinese(why) : why

/** What a scenario does, in the language of the page. */
export const sayScenario = (name: string, summary: string): string =>
  language.value === 'zh' ? scenarioInChinese(name, summary) : summary
