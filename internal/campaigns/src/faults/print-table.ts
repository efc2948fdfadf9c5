import { REPORTED } from './report-kind.ts'
import { EXCUSES, isUnknown } from './rules.ts'
import type { Campaign, Finding } from './run-campaign.ts'

const COLUMNS: readonly (readonly [string, (finding: Finding) => boolean])[] = [
  ['bound', ({ truth }) => truth.bound],
  ['unbound by it', ({ truth }) => !truth.bound && truth.unbound > 0],
  ['never bound', ({ truth }) => !truth.bound && truth.unbound === 0],
  ['all', () => true],
]

const FIRST_WIDTH = 26
const WIDTH = 15

function printRow(first: string, cells: readonly (string | number)[]): void {
  const rest = cells.map((cell) => String(cell).padStart(WIDTH))
  console.log(`  ${first.padEnd(FIRST_WIDTH)}${rest.join('')}`)
}

/** Counts the unknown outcomes by the first reason that applies. */
function printExcuses(findings: readonly Finding[]): void {
  const counts = EXCUSES.map(
    ([name], index) =>
      `${name} ${findings.filter((each) => EXCUSES.findIndex(([, applies]) => applies(each)) === index).length}`,
  )
  console.log(`  unknown because: ${counts.join(', ')}`)
}

/** Prints what was reported against what is true. */
export function printTable({ mode, findings, seconds }: Campaign): void {
  const rate = Math.round(findings.length / seconds)
  console.log(`\nsettle ${mode}: ${findings.length} unbinds in ${seconds.toFixed(1)} s (${rate}/s)`)
  printRow(
    'reported x true state',
    COLUMNS.map(([name]) => name),
  )
  for (const reported of REPORTED) {
    const found = findings.filter((finding) => finding.reported === reported)
    if (found.length === 0) continue
    printRow(
      reported,
      COLUMNS.map(([, holds]) => found.filter(holds).length),
    )
  }
  if (mode === 'always') printExcuses(findings.filter(isUnknown))
}
