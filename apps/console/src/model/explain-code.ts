import { lookUpReturnCode } from '@llpay/core/adapter'

import { findApi } from './find-api.ts'

/** A text in both languages of the page. */
export interface BothLanguages {
  readonly en: string
  readonly zh: string
}

/** What a return code means, and what to do. */
export interface CodeExplanation {
  readonly code: string
  readonly class: 'success' | 'refused' | 'unknown'
  readonly category: string
  /** None for a code that LianLian does not document. */
  readonly text: BothLanguages | undefined
  readonly advice: BothLanguages
  /** What the API itself says about the code. */
  readonly apiAdvice: BothLanguages | undefined
  readonly retry: { readonly change: BothLanguages; readonly query: BothLanguages }
}

/** Explains a return code; the tables are loaded when the first one is asked for. */
export async function explainCode(code: string, api: string | null): Promise<CodeExplanation> {
  const [{ describeReturnCode }, { adviceFor, apiAdvice, retryAdvice }] = await Promise.all([
    import('@llpay/core/return-codes'),
    import('@llpay/core/return-codes/advice'),
  ])
  const entry = lookUpReturnCode(code)
  const text = describeReturnCode(code)
  const definition = findApi(api)
  return {
    code,
    class: entry.class,
    category: entry.category,
    text,
    advice: adviceFor(code, entry.category),
    apiAdvice: definition === undefined ? undefined : apiAdvice(definition, code),
    retry: retryAdvice({ class: entry.class, mayAskAgain: text?.mayAskAgain ?? false }),
  }
}
