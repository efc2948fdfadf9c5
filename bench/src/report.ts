// Writes tables and plot of docs/performance from docs/performance/last.json, without measuring.
import { writeReport } from './report/write-report.ts'

writeReport()
