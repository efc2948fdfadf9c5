import { explainCode } from '../model/explain-code.ts'
import { useLoaded } from '../parts/use-loaded.ts'
import { language } from '../state/preferences.ts'
import { words } from '../words/words.ts'

/** What a return code means, and what to do about it, in the language of the page. */
export function CodeView({ code, api }: { code: string; api: string | null }) {
  const texts = words.value.code
  const found = useLoaded(() => explainCode(code, api), [code, api])
  if (code === '') return <p class="blank">{texts.none}</p>
  if (found === undefined) return <p class="blank">…</p>
  const own = language.value
  const other = own === 'en' ? 'zh' : 'en'
  return (
    <dl class="facts">
      <dt>{code}</dt>
      <dd>
        <div lang={own === 'zh' ? 'zh-CN' : 'en'}>{found.text?.[own] ?? texts.unlisted}</div>
        {found.text !== undefined && (
          <div class="faint" lang={other === 'zh' ? 'zh-CN' : 'en'}>
            {found.text[other]}
          </div>
        )}
      </dd>
      <dt>{texts.class}</dt>
      <dd>
        {texts.classes[found.class]} <span class="faint">({found.category})</span>
      </dd>
      <dt>{texts.advice}</dt>
      <dd>
        {found.advice[own]}
        {found.apiAdvice !== undefined && <div>{found.apiAdvice[own]}</div>}
      </dd>
      <dt>{texts.retry}</dt>
      <dd>{found.retry.change[own]}</dd>
      <dt>{texts.query}</dt>
      <dd>{found.retry.query[own]}</dd>
    </dl>
  )
}
