import { computed } from '@preact/signals'

import { language } from '../state/preferences.ts'
import { enTools } from './en-tools.ts'
import { en } from './en.ts'
import { zhTools } from './zh-tools.ts'
import { zh } from './zh.ts'

const TEXTS = { en: { ...en, ...enTools }, zh: { ...zh, ...zhTools } }

/** The texts of the page in its language. */
export const words = computed(() => TEXTS[language.value])
