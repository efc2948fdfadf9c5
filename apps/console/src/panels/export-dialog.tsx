import type { CallSummary } from '../model/call-summary.ts'
import { readReplyFacts } from '../model/reply-facts.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { writeVitestFile } from '../snippets/vitest-file.ts'
import { publicKeys, type SummarizedCall } from '../state/sandbox-state.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'

async function readOutcome(entry: JournalEntry) {
  const { readClientOutcome } = await import('../model/client-outcome.ts')
  return readClientOutcome(entry, publicKeys.value.gateway)
}

/** Another request of the call than the one that it was made for: that one is exported. */
const summaryOf = (main: JournalEntry, summary: CallSummary): CallSummary => ({
  ...summary,
  main,
  outcome: readReplyFacts(main).outcome,
})

/** The failing case as a test file, to copy. */
export function ExportDialog(props: {
  entry: JournalEntry
  shown: SummarizedCall
  onClose: () => void
}) {
  const { entry, shown, onClose } = props
  const { detail, snippet, copy } = words.value
  const text =
    useLoaded(async () => {
      const outcome = await readOutcome(entry)
      return writeVitestFile({
        call: shown.call,
        summary: entry === shown.summary.main ? shown.summary : summaryOf(entry, shown.summary),
        outcome,
      })
    }, [entry]) ?? ''
  return (
    <Dialog title={detail.vitest} onClose={onClose} wide>
      <div class="stack">
        <p class="faint">{snippet.vitestHint}</p>
        <pre class="snippet" tabIndex={0} aria-label={detail.vitest}>
          {text}
        </pre>
        <footer class="dialog-foot">
          <CopyButton label={copy} text={() => text} class="primary" />
        </footer>
      </div>
    </Dialog>
  )
}
