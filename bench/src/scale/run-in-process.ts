import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

import {
  openInput,
  readRows,
  openLedger,
  type Ledger,
  Pacer,
  noResults,
  openResults,
  runJobs,
  startTally,
} from '@internal/sources/cli-bulk'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { createUnbindProcessor } from '@llpay/core/bulk'

import { createMerchant } from './create-merchant.ts'
import { AT_ONCE } from './merchant.ts'

const TRIES = 5

/** A ledger that keeps nothing, to see what one costs. */
function noLedger(): Ledger {
  return {
    jobKey: randomBytes(32),
    marks: {
      has: async () => false,
      add: async () => 1,
      outcomeOf: async () => undefined,
      keepOutcome: async (_, outcome) => outcome,
    },
    meet: () => true,
    outcomeOf: () => undefined,
    isUndecided: () => false,
    wasSent: () => false,
    record: async () => undefined,
    check: () => undefined,
    close: () => undefined,
  }
}

/** Which records a run keeps. */
export interface Kept {
  readonly ledger: boolean
  /** With the ledger only: they rest on it. */
  readonly results: boolean
}

/** Makes the run of the command line, in this process, with its records or without. */
export function runInProcess(folder: string, baseUrl: string, kept: Kept) {
  const client = createMerchant(baseUrl)
  const ledgerFile = join(folder, 'ledger')
  const resultsFile = join(folder, 'results')
  /** Unbinds the cards of a file; every card must be gone. */
  return async (file: string): Promise<void> => {
    const tally = startTally()
    const owner = { oid_partner: OID_PARTNER, target: 'loopback' }
    const ledger = kept.ledger ? await openLedger(ledgerFile, owner) : noLedger()
    await runJobs({
      rows: readRows(openInput(file), 'csv'),
      processor: createUnbindProcessor(client, {
        oidPartner: OID_PARTNER,
        jobIdKey: ledger.jobKey,
        marks: ledger.marks,
      }),
      oidPartner: OID_PARTNER,
      ledger,
      results: kept.results ? await openResults({ file: resultsFile, ledgerFile }) : noResults,
      pacer: new Pacer(0),
      tally,
      concurrency: AT_ONCE,
      tries: TRIES,
      maxFailures: 1,
      again: [],
      signal: new AbortController().signal,
    })
    ledger.close()
    if (tally.outcomes.unbound !== tally.rows) throw new Error('Not every card was unbound.')
    for (const path of [ledgerFile, resultsFile]) rmSync(path, { force: true })
  }
}
