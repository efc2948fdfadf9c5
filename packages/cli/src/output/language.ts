/** The languages that the command line speaks. */
export const LANGUAGES = ['en', 'zh'] as const

export type Language = (typeof LANGUAGES)[number]

/** A text in both languages, beside each other so that neither is forgotten. */
export interface Phrase {
  /** English; `--json` always prints this one. */
  readonly en: string
  /** Simplified Chinese. */
  readonly zh: string
}

/** A text in both languages, or one that is the same in both: a name on the wire, a number, a command. */
export type Text = string | Phrase

/** Pairs the two languages of a text. */
export const t = (en: string, zh: string): Phrase => ({ en, zh })

export const inLanguage = (text: Text, language: Language): string =>
  typeof text === 'string' ? text : text[language]

/** Builds a text from others, once in each language. */
export const phrase = (build: (say: (text: Text) => string) => string): Phrase => ({
  en: build((text) => inLanguage(text, 'en')),
  zh: build((text) => inLanguage(text, 'zh')),
})

/** Names as English lists them: `A, B and C`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const FLAG = '--lang'
/** Where POSIX looks for the language of messages, the first that is set. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG']

/** The language that a locale such as `zh_CN.UTF-8` stands for. */
function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = VARIABLES.map((name) => env[name] ?? '').find((value) => value !== '')
  return /^zh(?:[-_.@]|$)/i.test(locale ?? '') ? 'zh' : 'en'
}

/** What was found of `--lang`, and the arguments without it. */
export interface LanguageChoice {
  readonly language: Language
  readonly args: readonly string[]
  /** Whether `--lang` has a value that is none of {@link LANGUAGES}. */
  readonly isUnknown: boolean
}

/** Takes `--lang` out of the arguments; without it, the locale decides. */
export function chooseLanguage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LanguageChoice {
  const end = args.indexOf('--')
  const flags = end < 0 ? args : args.slice(0, end)
  const at = flags.findIndex((arg) => arg === FLAG || arg.startsWith(`${FLAG}=`))
  if (at < 0) return { language: languageOf(env), args, isUnknown: false }
  const isJoined = flags[at] !== FLAG
  const value = isJoined ? flags[at]?.slice(FLAG.length + 1) : flags[at + 1]
  const known = LANGUAGES.find((language) => language === value)
  return {
    language: known ?? languageOf(env),
    args: [...args.slice(0, at), ...args.slice(at + (isJoined ? 1 : 2))],
    isUnknown: known === undefined,
  }
}
