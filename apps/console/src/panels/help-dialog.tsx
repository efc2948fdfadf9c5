import { Dialog } from '../parts/dialog.tsx'
import { words } from '../words/words.ts'

/** What the keys do. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { title, keys } = words.value.help
  return (
    <Dialog title={title} onClose={onClose}>
      <dl class="keys">
        {Object.entries(keys).map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
