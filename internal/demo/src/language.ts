/** Whether the locale of the reader is Chinese, as the command line decides it. */
export function isChinese(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? ''
  return /^zh(?:[-_.@]|$)/i.test(locale)
}

/** A text in the language of the reader. */
export const say = (en: string, zh: string): string => (isChinese(process.env) ? zh : en)
