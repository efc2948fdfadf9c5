/** One of several views of the same thing. */
export interface Tab<Name extends string> {
  readonly name: Name
  readonly label: string
  /** Marks the tab in which something went wrong. */
  readonly isBad?: boolean
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** A row of tabs; arrows move between them, as a screen reader's user expects. */
export function Tabs<Name extends string>(props: {
  label: string
  tabs: readonly Tab<Name>[]
  current: Name
  panel: string
  onSelect: (name: Name) => void
}) {
  const { tabs, current, panel, onSelect } = props
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    const index = tabs.findIndex(({ name }) => name === current)
    const next = tabs[(index + step + tabs.length) % tabs.length]
    if (next === undefined) return
    event.preventDefault()
    onSelect(next.name)
    document.querySelector<HTMLElement>(`#${panel}-${next.name}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
      {tabs.map(({ name, label, isBad }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${panel}-${name}`}
          class="tab"
          aria-selected={name === current}
          aria-controls={panel}
          tabIndex={name === current ? 0 : -1}
          onClick={() => onSelect(name)}
        >
          {label}
          {isBad === true && <span class="dot bad" aria-hidden="true" />}
        </button>
      ))}
    </div>
  )
}
