import { useState } from 'preact/hooks'

import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { writeCommand, writeCurl, writeScript } from '../snippets/request-snippets.ts'
import { replay } from '../state/actions.ts'
import { attempt } from '../state/attempt.ts'
import { selectedRow } from '../state/selection.ts'
import type { JournalEntry } from '../wire/records.ts'
import { words } from '../words/words.ts'
import { EditDialog } from './edit-dialog.tsx'
import { ExportDialog } from './export-dialog.tsx'

/** The sandbox signs again only what was a whole message to an API. */
const isRepeatable = ({ canonical, api, truncated }: JournalEntry) =>
  canonical !== null && api !== null && !truncated

/** What can be done with a request. */
export function EntryActions({ entry }: { entry: JournalEntry }) {
  const { detail } = words.value
  const [dialog, setDialog] = useState<'edit' | 'export' | undefined>(undefined)
  const shown = selectedRow.value?.shown
  const script = writeScript(entry)
  const command = writeCommand(entry)
  const close = () => setDialog(undefined)
  return (
    <div class="actions">
      <button
        type="button"
        class="button"
        disabled={!isRepeatable(entry)}
        onClick={() => void attempt(() => replay(entry.id))}
      >
        <Icon name="replay" />
        {detail.replay}
      </button>
      <button
        type="button"
        class="button"
        disabled={!isRepeatable(entry)}
        onClick={() => setDialog('edit')}
      >
        <Icon name="pencil" />
        {detail.edit}
      </button>
      <div class="joined" role="group" aria-label={detail.copyAs}>
        <CopyButton
          label={detail.curl}
          title={`${detail.copyAs} ${detail.curl}`}
          text={() => writeCurl(entry, window.location.origin)}
        />
        {script !== undefined && (
          <CopyButton
            label={detail.typescript}
            title={`${detail.copyAs} ${detail.typescript}`}
            text={() => script}
          />
        )}
        {command !== undefined && (
          <CopyButton
            label={detail.cli}
            title={`${detail.copyAs} ${detail.cli}`}
            text={() => command}
          />
        )}
      </div>
      <button
        type="button"
        class="button"
        disabled={entry.truncated}
        onClick={() => setDialog('export')}
      >
        <Icon name="flask" />
        {detail.vitest}
      </button>
      {dialog === 'edit' && <EditDialog entry={entry} onClose={close} />}
      {dialog === 'export' && shown !== undefined && (
        <ExportDialog entry={entry} shown={shown} onClose={close} />
      )}
    </div>
  )
}
