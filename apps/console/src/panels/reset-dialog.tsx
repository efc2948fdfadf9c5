import { Dialog } from '../parts/dialog.tsx'
import { resetSandbox } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { words } from '../words/words.ts'

/** Asks before everything is forgotten. */
export function ResetDialog({ onClose }: { onClose: () => void }) {
  const { reset, resetTitle, resetText, cancel } = words.value
  const confirm = async (): Promise<void> => {
    if (await attempt(resetSandbox)) onClose()
  }
  return (
    <Dialog title={resetTitle} onClose={onClose}>
      <p>{resetText}</p>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          {cancel}
        </button>
        <button type="button" class="button danger" onClick={() => void confirm()}>
          {reset}
        </button>
      </footer>
    </Dialog>
  )
}
