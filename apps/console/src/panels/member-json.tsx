import { WireText } from '../parts/wire-text.tsx'
import { linkMember } from '../state/hovered.ts'

/** A JSON object, a member a line; a member is marked together with its other places. */
export function MemberJson(props: {
  members: Readonly<Record<string, unknown>>
  /** Members whose value is JSON already. */
  bare?: ReadonlySet<string>
}) {
  const { members, bare } = props
  const entries = Object.entries(members)
  return (
    <div class="json" tabIndex={0} role="group" aria-label="JSON">
      <div class="json-line">{'{'}</div>
      {entries.map(([name, value], index) => (
        <div key={name} class="json-line member" {...linkMember(name)}>
          <span class="json-name">
            "<WireText text={name} />"
          </span>
          {': '}
          <JsonValue value={value} isBare={bare?.has(name) === true} />
          {index < entries.length - 1 ? ',' : ''}
        </div>
      ))}
      <div class="json-line">{'}'}</div>
    </div>
  )
}

function JsonValue({ value, isBare }: { value: unknown; isBare: boolean }) {
  if (typeof value === 'string' && isBare) {
    return (
      <span class="json-other">
        <WireText text={value} />
      </span>
    )
  }
  if (typeof value === 'string') {
    return (
      <span class="json-text">
        "<WireText text={value} />"
      </span>
    )
  }
  return (
    <span class="json-other">
      <WireText text={JSON.stringify(value, null, 2)} />
    </span>
  )
}
