import { language } from '../state/preferences.ts'
import { reasonInChinese, scenarioInChinese } from './zh-gateway.ts'

/** Why a check of the gateway failed, in the language of the page. */
export const sayReason = (why: string): string =>
  language.value === 'zh' ? reasonInChinese(why) : why

/** What a scenario does, in the language of the page. */
export const sayScenario = (name: string, summary: string): string =>
  language.value === 'zh' ? scenarioInChinese(name, summary) : summary
