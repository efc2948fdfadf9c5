import { existsSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { auditRows, type AuditRow, csvLine } from '../bulk/report.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'

/** The columns, and where each is from. */
const COLUMNS: readonly (readonly [string, (row: AuditRow) => string | number | undefined])[] = [
  ['line', ({ line }) => line],
  ['ref', ({ ref }) => ref],
  ['outcome', ({ outcome }) => outcome],
  ['evidence', ({ evidence }) => evidence],
  ['code', ({ code }) => code],
  ['return_code', ({ returnCode }) => returnCode],
  ['pay_type', ({ payType }) => payType],
  ['sent_at', ({ sentAt }) => sentAt],
  ['decided_at', ({ decidedAt }) => decidedAt],
  ['job', ({ job }) => job],
]

async function run({ flags, output }: Invocation): Promise<number> {
  const [file = ''] = flags.args
  if (!existsSync(file)) {
    throw new ConfigError('ERR_CONFIG_INVALID', 'There is no ledger of that name.')
  }
  if (output.json) {
    output.object({ ok: true, cards: [...auditRows(file)] })
    return EXIT.done
  }
  output.line(csvLine(COLUMNS.map(([name]) => name)))
  for (const row of auditRows(file)) output.line(csvLine(COLUMNS.map(([, read]) => read(row))))
  return EXIT.done
}

/** `llpay card unbind-many report`: the audit record of a run. */
export const unbindManyReport: Command = {
  args: [{ name: 'LEDGER', summary: 'The ledger of the run' }],
  flags: [],
  notes: [
    'Prints CSV with a line for each card: what became of it, what proves it, and when. No cell is one that a spreadsheet would run. A card without an outcome is open: run the same unbind-many again. With --json, the cards are the member "cards" of the one object.',
  ],
  run,
}
