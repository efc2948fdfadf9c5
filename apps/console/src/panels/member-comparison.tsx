import { compareMembers } from '../model/compare-texts.ts'
import { splitCanonical } from '../model/signed-members.ts'
import { WireText } from '../parts/wire-text.tsx'
import { linkMember } from '../state/hovered.ts'
import { words } from '../words/words.ts'

const namesOf = (members: readonly { readonly name: string }[]) =>
  members.map(({ name }) => name).join('&')

/** Two texts side by side, where members cannot be told apart or only their order differs. */
function WholeTexts({ expected, signed }: { expected: string; signed: string }) {
  const { signature } = words.value
  const sides = [
    { label: signature.expected, text: expected },
    { label: signature.signed, text: signed },
  ]
  return (
    <div class="two">
      {sides.map(({ label, text }) => (
        <section key={label} class="block">
          <header class="block-head">
            <h3>{label}</h3>
          </header>
          <pre class="json" tabIndex={0}>
            <WireText text={text} />
          </pre>
        </section>
      ))}
    </div>
  )
}

/** The members that should have been signed beside those that were. */
export function MemberComparison(props: {
  expected: string
  signed: string
  members: Readonly<Record<string, string>>
}) {
  const { expected, signed, members } = props
  const { signature, detail } = words.value
  const right = splitCanonical(expected, members)
  const made = splitCanonical(signed, members)
  const compared = compareMembers(right, made)
  const isOrder = compared.every(({ isSame }) => isSame) && namesOf(right) !== namesOf(made)
  if (isOrder || made.some(({ name }) => !/^\w+$/.test(name))) {
    return <WholeTexts expected={expected} signed={signed} />
  }
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={signature.compare}>
      <table class="compare">
        <caption>{signature.compare}</caption>
        <thead>
          <tr>
            <th scope="col">{detail.members}</th>
            <th scope="col">{signature.expected}</th>
            <th scope="col">{signature.signed}</th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ name, isSame, ...sides }) => (
            <tr key={name} class={isSame ? 'same' : 'different'} {...linkMember(name)}>
              <th scope="row">
                <WireText text={name} />
              </th>
              {(['expected', 'signed'] as const).map((side) => (
                <td key={side}>
                  {sides[side] === undefined ? (
                    <em class="faint">{signature.absent}</em>
                  ) : (
                    <WireText text={sides[side]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
