import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** A member that is being written. */
export interface MemberDraft {
  readonly key: number
  readonly name: string
  readonly value: string
}

/** The id of the list of names that an input offers. */
const NAMES = 'member-names'

/** Rows of a name and a value each, to change, add to and remove from. */
export function MemberDrafts(props: {
  drafts: readonly MemberDraft[]
  onChange: (drafts: readonly MemberDraft[]) => void
  /** The names to offer. */
  names?: readonly string[]
}) {
  const { drafts, onChange, names = [] } = props
  const { edit } = words.value
  const change = (key: number, part: Partial<MemberDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)))
  return (
    <>
      <datalist id={NAMES}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div class="drafts">
        {drafts.map(({ key, name, value }) => (
          <div key={key} class="draft">
            <input
              aria-label={edit.name}
              class="mono"
              list={NAMES}
              value={name}
              spellcheck={false}
              onInput={(event) => change(key, { name: event.currentTarget.value })}
            />
            <textarea
              aria-label={`${edit.value} ${name}`}
              class="mono"
              rows={1}
              value={value}
              spellcheck={false}
              onInput={(event) => change(key, { value: event.currentTarget.value })}
            />
            <button
              type="button"
              class="button quiet icon-only"
              aria-label={edit.remove(name)}
              onClick={() => onChange(drafts.filter((draft) => draft.key !== key))}
            >
              <Icon name="trash" />
            </button>
          </div>
        ))}
      </div>
      <button
        type="button"
        class="button quiet start"
        onClick={() => {
          const key = Math.max(0, ...drafts.map((draft) => draft.key)) + 1
          onChange([...drafts, { key, name: '', value: '' }])
        }}
      >
        <Icon name="plus" />
        {edit.add}
      </button>
    </>
  )
}
