import { useMemo, useState } from 'preact/hooks'

import { Icon } from '../parts/icon.tsx'
import { useVirtualRows } from '../parts/virtual-rows.ts'
import { WireLine } from '../parts/wire-text.tsx'
import { unbindCard } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { cards } from '../state/sandbox-state.ts'
import type { Card } from '../wire/control-api.ts'
import { words } from '../words/words.ts'
import { BindDialog } from './bind-dialog.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'

const ROW_HEIGHT = 34

const keyOf = ({ oid_partner, user_id, no_agree, pay_type, platform }: Card) =>
  JSON.stringify([oid_partner, user_id, no_agree, pay_type, platform])

type OpenDialog =
  | { readonly kind: 'bind' | 'import' }
  | { readonly kind: 'history'; readonly card: Card }

function CardRow(props: { card: Card; index: number; onHistory: () => void }) {
  const { card, index } = props
  const texts = words.value.cards
  return (
    <div
      class="row card-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ top: `${index * ROW_HEIGHT}px`, height: `${ROW_HEIGHT}px` }}
    >
      <span role="cell" class="cell user">
        <WireLine text={card.user_id} length={32} />
      </span>
      <span role="cell" class="cell agreement">
        <WireLine text={card.no_agree} length={32} />
      </span>
      <span role="cell" class="cell product">
        <WireLine text={card.pay_type ?? '2'} length={8} />
        {card.platform !== undefined && (
          <span class="faint">
            <WireLine text={card.platform} length={12} />
          </span>
        )}
      </span>
      <span role="cell" class="cell">
        <span class="badge good">
          <Icon name="check" />
          {texts.bound}
        </span>
      </span>
      <span role="cell" class="cell tools">
        <button
          type="button"
          class="button quiet small"
          aria-label={texts.unbindLabel(card.no_agree)}
          onClick={() => void attempt(() => unbindCard(card))}
        >
          {texts.unbind}
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-label={texts.historyLabel(card.no_agree)}
          onClick={props.onHistory}
        >
          {texts.history}
        </button>
      </span>
    </div>
  )
}

function CardTable({
  shown,
  onHistory,
}: {
  shown: readonly Card[]
  onHistory: (card: Card) => void
}) {
  const texts = words.value.cards
  const keys = useMemo(() => shown.map(keyOf), [shown])
  const view = useVirtualRows(keys, ROW_HEIGHT)
  return (
    <div
      class="scroll cards-table"
      ref={view.container}
      onScroll={view.onScroll}
      tabIndex={0}
      role="table"
      aria-label={texts.title}
      aria-rowcount={shown.length + 1}
    >
      <div class="row table-head" role="row" aria-rowindex={1}>
        {['user_id', 'no_agree', 'pay_type'].map((name) => (
          <span key={name} role="columnheader" class="cell">
            {name}
          </span>
        ))}
        <span role="columnheader" class="cell">
          <span class="hidden">{texts.bound}</span>
        </span>
        <span role="columnheader" class="cell">
          <span class="hidden">{texts.unbind}</span>
        </span>
      </div>
      <div class="rows-space" role="rowgroup" style={{ height: `${view.totalHeight}px` }}>
        {shown.slice(view.from, view.to).map((card, at) => (
          <CardRow
            key={keyOf(card)}
            card={card}
            index={view.from + at}
            onHistory={() => onHistory(card)}
          />
        ))}
      </div>
    </div>
  )
}

/** The cards that are bound. */
export function CardsPanel() {
  const texts = words.value.cards
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<OpenDialog | undefined>(undefined)
  const all = cards.value
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return all
    return all.filter(({ user_id, no_agree }) =>
      `${user_id}\n${no_agree}`.toLowerCase().includes(wanted),
    )
  }, [all, text])
  const close = () => setDialog(undefined)
  return (
    <section class="panel cards" aria-labelledby="cards-title">
      <header class="panel-head">
        <h2 id="cards-title">{texts.title}</h2>
        <span class="tally">{texts.count(shown.length, all.length)}</span>
        <label class="search small">
          <Icon name="search" />
          <span class="hidden">{texts.filter}</span>
          <input
            type="search"
            value={text}
            placeholder={texts.filter}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <span class="grow" />
        <button type="button" class="button" onClick={() => setDialog({ kind: 'bind' })}>
          <Icon name="plus" />
          {texts.bind}
        </button>
        <button type="button" class="button" onClick={() => setDialog({ kind: 'import' })}>
          <Icon name="upload" />
          {texts.import}
        </button>
      </header>
      {all.length === 0 && (
        <div class="blank">
          <p>{texts.empty}</p>
          <p class="faint">{texts.emptyHint}</p>
        </div>
      )}
      {all.length > 0 && shown.length === 0 && <p class="blank">{texts.noMatch}</p>}
      {shown.length > 0 && (
        <CardTable shown={shown} onHistory={(card) => setDialog({ kind: 'history', card })} />
      )}
      {dialog?.kind === 'bind' && <BindDialog onClose={close} />}
      {dialog?.kind === 'import' && <ImportDialog onClose={close} />}
      {dialog?.kind === 'history' && <HistoryDialog card={dialog.card} onClose={close} />}
    </section>
  )
}
