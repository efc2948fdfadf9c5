/**
 * What the sandbox says, in Chinese: the sandbox and its HTTP API themselves speak English.
 *
 * @module @llpay/sandbox/chinese
 */
export { formatLogLineInChinese } from './log-line.ts'
export { sandboxInChinese, scenarioInChinese } from './texts.ts'
