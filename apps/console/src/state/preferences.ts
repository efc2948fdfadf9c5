import { effect, signal } from '@preact/signals'

/** The languages of the page. */
export type Language = 'en' | 'zh'
/** The colours of the page; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark'

/** The one thing that the page keeps in the browser. */
const KEY = 'llpay-console'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

interface Preferences {
  readonly language: Language
  readonly theme: Theme
}

function readPreferences(): Preferences {
  const fallback: Preferences = {
    language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    theme: 'system',
  }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return fallback
    const language = 'language' in kept ? kept.language : undefined
    const theme = 'theme' in kept ? THEMES.find((each) => each === kept.theme) : undefined
    return {
      language: language === 'en' || language === 'zh' ? language : fallback.language,
      theme: theme ?? fallback.theme,
    }
  } catch {
    return fallback
  }
}

export const language = signal<Language>('en')
export const theme = signal<Theme>('system')

/** Takes up the preferences, and keeps them and the document in step from then on. */
export function startPreferences(): void {
  const kept = readPreferences()
  language.value = kept.language
  theme.value = kept.theme
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = theme.value
    try {
      localStorage.setItem(
        KEY,
        JSON.stringify({ language: language.value, theme: theme.value } satisfies Preferences),
      )
    } catch {
      // A browser that stores nothing still shows the page.
    }
  })
}

/** Goes on to the next colours. */
export function switchTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
}

/** Goes to the other language. */
export function switchLanguage(): void {
  language.value = language.value === 'en' ? 'zh' : 'en'
}
