import { readReceivedJson } from '../model/received-json.ts'
import { WireLine, WireText } from '../parts/wire-text.tsx'
import { linkMember } from '../state/hovered.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'
import { MemberJson } from './member-json.tsx'

/** A body without readable members, as it arrived. */
function UnreadBody({ body }: { body: string | null }) {
  const { detail } = words.value
  return (
    <>
      <p class="blank">{detail.noMembers}</p>
      {body !== null && body !== '' && (
        <section class="block">
          <header class="block-head">
            <h3>{detail.received}</h3>
          </header>
          <pre class="json" tabIndex={0}>
            <WireText text={body} />
          </pre>
        </section>
      )}
    </>
  )
}

/** The request as it arrived. */
export function RequestView({ entry }: { entry: JournalEntry }) {
  const { detail } = words.value
  const members = Object.entries(entry.members)
  return (
    <div class="stack">
      <p class="request-line">
        <strong>{entry.method}</strong> <WireLine text={entry.path} length={200} />
      </p>
      {members.length === 0 ? (
        <UnreadBody body={entry.body} />
      ) : (
        <div class="two">
          <section class="block">
            <header class="block-head">
              <h3>{detail.members}</h3>
            </header>
            <table class="members">
              <tbody>
                {members.map(([name, value]) => (
                  <tr key={name} {...linkMember(name)}>
                    <th scope="row">
                      <WireText text={name} clip={80} />
                    </th>
                    <td>
                      <WireText text={value} clip={400} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <section class="block">
            <header class="block-head">
              <h3>{detail.json}</h3>
            </header>
            <MemberJson {...readReceivedJson(entry)} />
          </section>
        </div>
      )}
    </div>
  )
}
