import { CopyButton } from '../parts/copy-button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { writeExports } from '../snippets/quote.ts'
import { armScenario, disarmScenario } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { openDialog } from '../state/dialog.ts'
import { language, switchLanguage, switchTheme, theme, type Theme } from '../state/preferences.ts'
import { armed, available, connection, environment } from '../state/sandbox-state.ts'
import type { Armed } from '../wire/control-api.ts'
import { words } from '../words/words.ts'

const THEME_ICONS: Readonly<Record<Theme, IconName>> = {
  system: 'half',
  light: 'sun',
  dark: 'moon',
}

/** A scenario that is played for every request. */
const isGeneral = ({ api, user_id, no_agree, next, percent }: Armed) =>
  [api, user_id, no_agree, next, percent].every((each) => each === undefined)

function ConnectionMark() {
  const { header } = words.value
  const texts = { live: header.live, connecting: header.connecting, offline: header.offline }
  return (
    <span class={`connection ${connection.value}`} role="status">
      <span class="dot" aria-hidden="true" />
      {texts[connection.value]}
    </span>
  )
}

function ScenarioSelect() {
  const { header } = words.value
  const general = armed.value.find(isGeneral)
  const current = general?.scenario ?? 'normal'
  const choose = (name: string) =>
    attempt(async () => {
      if (general !== undefined) await disarmScenario(general.id)
      if (name !== 'normal') await armScenario({ scenario: name })
    })
  const names = available.value.map(({ name }) => name)
  return (
    <label class="select">
      <span>{header.scenario}</span>
      <select
        aria-label={header.scenario}
        value={current}
        class={current === 'normal' ? '' : 'armed'}
        onChange={(event) => void choose(event.currentTarget.value)}
      >
        {(names.includes(current) ? names : [...names, current]).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Where the sandbox is, how it behaves, and the tools of the page. */
export function TopBar() {
  const { header, title, reset, resetHint } = words.value
  const merchant = environment.value['LLPAY_OID_PARTNER'] ?? ''
  return (
    <header class="top-bar">
      <h1 class="brand">
        <span class="brand-mark" aria-hidden="true">
          ll
        </span>
        <span class="brand-name">llpay</span>
        <span class="hidden">{title}</span>
      </h1>
      <ConnectionMark />
      <span class="place mono">{window.location.host}</span>
      <span class="place merchant mono" title={header.merchant}>
        <span class="hidden">{header.merchant}</span> {merchant}
      </span>
      <CopyButton
        label={header.copyEnv}
        title={header.copyEnvHint}
        text={() => `${writeExports(environment.value)}\n`}
        class="quiet"
      />
      <span class="grow" />
      <ScenarioSelect />
      <button type="button" class="button quiet" onClick={() => openDialog('verify')}>
        <Icon name="shield" />
        {header.verify}
      </button>
      <button type="button" class="button quiet" onClick={() => openDialog('codes')}>
        <Icon name="book" />
        {header.codes}
      </button>
      <button
        type="button"
        class="button quiet"
        title={resetHint}
        onClick={() => openDialog('reset')}
      >
        {reset}
      </button>
      <button
        type="button"
        class="button quiet setting"
        title={header.languageLabel}
        lang={language.value === 'en' ? 'zh-CN' : 'en'}
        onClick={switchLanguage}
      >
        {header.language}
      </button>
      <button
        type="button"
        class="button quiet icon-only setting"
        aria-label={header.theme[theme.value]}
        title={header.theme[theme.value]}
        onClick={switchTheme}
      >
        <Icon name={THEME_ICONS[theme.value]} />
      </button>
      <button
        type="button"
        class="button quiet icon-only wide-only"
        aria-label={header.help}
        title={header.help}
        onClick={() => openDialog('help')}
      >
        <kbd aria-hidden="true">?</kbd>
      </button>
    </header>
  )
}
