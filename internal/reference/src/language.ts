/** The languages that the reference is written in; English is the one without a suffix. */
export const LANGUAGES = ['en', 'zh'] as const

/** A language of the reference. */
export type Language = (typeof LANGUAGES)[number]

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>

/** The name of a page's file: `card.unbind.md` and `card.unbind.zh-CN.md`. */
export const pageName = (name: string, language: Language) =>
  language === 'en' ? `${name}.md` : `${name}.zh-CN.md`

/** The link to the same page in the other language. */
export const otherLanguage = (name: string, language: Language) =>
  language === 'en' ? `[简体中文](${pageName(name, 'zh')})` : `[English](${pageName(name, 'en')})`
