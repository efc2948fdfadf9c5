import { useEffect } from 'preact/hooks'

import { Icon } from '../parts/icon.tsx'
import { useVirtualRows } from '../parts/virtual-rows.ts'
import { clearJournal } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { calls, filter, shownCalls } from '../state/sandbox-state.ts'
import {
  followLatest,
  isDetailOpen,
  isFollowing,
  rowKeys,
  rows,
  selectedRow,
  selectRow,
  toggleRow,
} from '../state/selection.ts'
import { words } from '../words/words.ts'
import { CallRowView } from './call-row.tsx'
import { EmptyCalls } from './empty-calls.tsx'

const ROW_HEIGHT = 34

function CallTree() {
  const view = useVirtualRows(rowKeys.value, ROW_HEIGHT)
  const all = rows.value
  const selected = selectedRow.value
  const index = all.findIndex(({ key }) => key === selected?.key)
  useEffect(() => {
    if (!isFollowing.value) view.reveal(index)
  }, [selected?.key])
  const drawn = all
    .map((row, at) => ({ row, at }))
    .filter(({ at }) => (at >= view.from && at < view.to) || at === index)
  return (
    <div
      ref={view.container}
      class="scroll rows"
      role="tree"
      tabIndex={0}
      id="calls"
      aria-label={words.value.calls.title}
      aria-activedescendant={selected?.key}
      onScroll={view.onScroll}
    >
      <div class="rows-space" role="presentation" style={{ height: `${view.totalHeight}px` }}>
        {drawn.map(({ row, at }) => (
          <CallRowView
            key={row.key}
            row={row}
            index={at}
            count={all.length}
            height={ROW_HEIGHT}
            isSelected={row.key === selected?.key}
            onSelect={() => {
              selectRow(row)
              isDetailOpen.value = true
            }}
            onToggle={() => toggleRow(row)}
          />
        ))}
      </div>
    </div>
  )
}

function FilterBar() {
  const { calls: texts } = words.value
  const { text, onlyProblems } = filter.value
  const choices = [
    { label: texts.all, only: false },
    { label: texts.problems, only: true },
  ]
  return (
    <div class="filter-bar">
      <label class="search">
        <Icon name="search" />
        <span class="hidden">{texts.filter}</span>
        <input
          id="filter"
          type="search"
          value={text}
          placeholder={texts.filterHint}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            filter.value = { ...filter.value, text: event.currentTarget.value }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <div class="segments" role="group" aria-label={texts.filter}>
        {choices.map(({ label, only }) => (
          <button
            key={label}
            type="button"
            class="segment"
            aria-pressed={onlyProblems === only}
            onClick={() => {
              filter.value = { ...filter.value, onlyProblems: only }
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  )
}

/** Every call that arrived, newest first. */
export function CallsPanel() {
  const { calls: texts } = words.value
  const all = calls.value.length
  const shown = shownCalls.value.length
  return (
    <section class="panel calls" aria-labelledby="calls-title">
      <header class="panel-head">
        <h2 id="calls-title">{texts.title}</h2>
        <span class="tally">{texts.count(shown, all)}</span>
        <span class="grow" />
        {!isFollowing.value && (
          <button type="button" class="button quiet" onClick={followLatest}>
            <Icon name="clock" />
            {texts.latest}
          </button>
        )}
        <button
          type="button"
          class="button quiet icon-only"
          title={texts.clearHint}
          aria-label={texts.clearHint}
          disabled={all === 0}
          onClick={() => void attempt(clearJournal)}
        >
          <Icon name="trash" />
        </button>
      </header>
      <FilterBar />
      {all === 0 && <EmptyCalls />}
      {all > 0 && shown === 0 && (
        <div class="blank">
          <p>{texts.none}</p>
          <p class="faint">{texts.noneHint}</p>
        </div>
      )}
      {shown > 0 && <CallTree />}
    </section>
  )
}
