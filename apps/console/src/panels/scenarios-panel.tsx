import { useState } from 'preact/hooks'

import { listApis } from '../model/find-api.ts'
import { Icon } from '../parts/icon.tsx'
import { WireLine } from '../parts/wire-text.tsx'
import { armScenario, disarmScenario } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { armed, available } from '../state/sandbox-state.ts'
import type { Armed } from '../wire/control-api.ts'
import { sayScenario } from '../words/gateway-words.ts'
import { words } from '../words/words.ts'

/** What stands behind the colon of the scenarios that take something there. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  slow: '3000',
  late: '3000',
  code: '9999',
  status: '503',
  'status-after': '502',
}

const TIMES = { once: 1, thrice: 3, always: undefined } as const
type Times = keyof typeof TIMES

function ArmForm() {
  const texts = words.value.scenarios
  const [api, setApi] = useState('card.unbind')
  const [name, setName] = useState('close-after')
  const [argument, setArgument] = useState('')
  const [times, setTimes] = useState<Times>('once')
  const [target, setTarget] = useState({ user_id: '', no_agree: '' })
  const summary = available.value.find((each) => each.name === name)?.summary
  const arm = () =>
    attempt(() => {
      const next = TIMES[times]
      return armScenario({
        scenario: argument === '' ? name : `${name}:${argument}`,
        ...(api === '' ? {} : { api }),
        ...(target.user_id === '' ? {} : { user_id: target.user_id }),
        ...(target.no_agree === '' ? {} : { no_agree: target.no_agree }),
        ...(next === undefined ? {} : { next }),
      })
    })
  return (
    <form
      class="arm"
      onSubmit={(event) => {
        event.preventDefault()
        void arm()
      }}
    >
      <div class="arm-row">
        <label>
          <span class="hidden">{texts.api}</span>
          <select value={api} onChange={(event) => setApi(event.currentTarget.value)}>
            <option value="">{texts.every}</option>
            {listApis().map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="hidden">{texts.name}</span>
          <select
            value={name}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setName(chosen)
              setArgument(ARGUMENTS[chosen] ?? '')
            }}
          >
            {available.value
              .filter((each) => each.name !== 'normal')
              .map((each) => (
                <option key={each.name} value={each.name}>
                  {each.name}
                </option>
              ))}
          </select>
        </label>
        {ARGUMENTS[name] !== undefined && (
          <label>
            <span class="hidden">{texts.argument}</span>
            <input
              class="mono short"
              value={argument}
              onInput={(event) => setArgument(event.currentTarget.value)}
            />
          </label>
        )}
        <div class="segments" role="group" aria-label={texts.next}>
          {(['once', 'thrice', 'always'] as const).map((each) => (
            <button
              key={each}
              type="button"
              class="segment"
              aria-pressed={times === each}
              onClick={() => setTimes(each)}
            >
              {texts.times[each]}
            </button>
          ))}
        </div>
        <button type="submit" class="button primary">
          {texts.arm}
        </button>
      </div>
      {summary !== undefined && <p class="note">{sayScenario(name, summary)}</p>}
      <details class="more">
        <summary>{texts.more}</summary>
        <div class="arm-row">
          {(['user_id', 'no_agree'] as const).map((member) => (
            <label key={member} class="field">
              <code>{member}</code>
              <input
                class="mono"
                value={target[member]}
                onInput={(event) => setTarget({ ...target, [member]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
      </details>
    </form>
  )
}

function ArmedRow({ each }: { each: Armed }) {
  const texts = words.value.scenarios
  const target = [each.api ?? texts.every, each.user_id, each.no_agree].filter(
    (part) => part !== undefined,
  )
  return (
    <li class="armed">
      <Icon name="bolt" />
      <span class="armed-what">
        <strong>
          <WireLine text={each.scenario} />
        </strong>
        <span class="faint">
          <WireLine text={target.join(' · ')} length={60} />
        </span>
      </span>
      <span class="faint numbers">
        {each.next === undefined ? texts.forever : texts.left(each.next)}
        {each.percent === undefined ? '' : ` · ${each.percent} %`}
      </span>
      <button
        type="button"
        class="button quiet small"
        aria-label={`${texts.disarm} ${each.scenario}`}
        onClick={() => void attempt(() => disarmScenario(each.id))}
      >
        {texts.disarm}
      </button>
    </li>
  )
}

/** How the gateway misbehaves, and for whom. */
export function ScenariosPanel() {
  const texts = words.value.scenarios
  const all = armed.value
  return (
    <section class="panel scenarios" aria-labelledby="scenarios-title">
      <header class="panel-head">
        <h2 id="scenarios-title">{texts.title}</h2>
        {all.length > 0 && <span class="tally">{all.length}</span>}
        <span class="grow" />
        {all.length > 1 && (
          <button
            type="button"
            class="button quiet"
            onClick={() => void attempt(() => disarmScenario())}
          >
            {texts.disarmAll}
          </button>
        )}
      </header>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="scenarios-title">
        <ArmForm />
        {all.length === 0 ? (
          <p class="blank small">{texts.none}</p>
        ) : (
          <ul class="armed-list">
            {all.map((each) => (
              <ArmedRow key={each.id} each={each} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
