import { existsSync } from 'node:fs'

import { auditRows, type AuditRow, csvLine } from '../bulk/report.ts'
import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { invalidError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

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
    throw invalidError(
      'ledger.missing',
      t('LEDGER: there is no ledger of that name.', 'LEDGER：没有该名称的台账。'),
      t('It is named FILE.ledger by default.', '默认名称是 FILE.ledger。'),
    )
  }
  if (output.json) {
    output.object({ ok: true, cards: [...auditRows(file)] })
    return EXIT.done
  }
  const rows = auditRows(file)
  // Read first: what is not a ledger is refused before anything is printed.
  let next = rows.next()
  output.line(csvLine(COLUMNS.map(([name]) => name)))
  for (; next.done !== true && !output.isClosed; next = rows.next()) {
    const row = next.value
    output.line(csvLine(COLUMNS.map(([, read]) => read(row))))
  }
  return EXIT.done
}

/** `llpay card unbind-many report`: the audit record of a run. */
export const unbindManyReport: Command = {
  args: [{ name: 'LEDGER', summary: t('The ledger of the run', '该次运行的台账') }],
  flags: [],
  notes: [
    t(
      'Prints CSV with a line for each card: what became of it, what proves it, and when. Cells are safe to open in a spreadsheet. A card without an outcome is open: rerun unbind-many to resume. With --json, the cards are the member "cards" of the one object.',
      '输出 CSV，每张卡一行：结果、证据与时间。单元格可安全地用表格软件打开。没有结果的卡尚未完成：重新运行 unbind-many 续跑。加 --json 时，卡在唯一对象的 "cards" 中。',
    ),
  ],
  examples: [
    [
      t('Write the audit record of a run', '写出一次运行的审计记录'),
      'llpay card unbind-many report cards.csv.ledger > report.csv',
    ],
    [
      t('Count the outcomes', '统计各种结果'),
      "llpay card unbind-many report cards.csv.ledger --json | jq -r '.cards[].outcome' | sort | uniq -c",
    ],
  ],
  run,
}
