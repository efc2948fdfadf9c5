import { probeBackends, type BackendReport, type SignatureAlgorithm } from '@llpay/edge'

import { runCase, type Case, type Outcome } from './case.ts'
import { backendCases, type Candidate } from './cases/backend-cases.ts'
import { keyCases } from './cases/key-cases.ts'
import { notificationCases } from './cases/notification-cases.ts'
import { sandboxCases } from './cases/sandbox-cases.ts'
import { transportCases } from './cases/transport-cases.ts'
import { findLacks } from './find-lacks.ts'

const ALGORITHMS = ['MD5withRSA', 'SHA256withRSA'] as const
const BACKENDS = ['webcrypto', 'node', 'bigint'] as const

/** What came of the suite in a runtime. */
export interface SuiteReport {
  readonly backends: readonly BackendReport[]
  readonly lacks: readonly string[]
  readonly outcomes: readonly Outcome[]
}

async function findCandidates(algorithm: SignatureAlgorithm): Promise<Candidate[]> {
  const found: Candidate[] = [{ backend: 'auto', algorithm }]
  const usual = await probeBackends(algorithm, { allowBigIntSigning: true })
  for (const backend of BACKENDS) {
    if (backend === usual.sign.chosen && backend === usual.verify.chosen) continue
    const { sign, verify } = await probeBackends(algorithm, { backend, allowBigIntSigning: true })
    if (sign.chosen !== null && verify.chosen !== null) found.push({ backend, algorithm })
  }
  return found
}

/** Runs every case, in whatever runtime this is. */
export async function runSuite(): Promise<SuiteReport> {
  const backends: BackendReport[] = []
  const cases: Case[] = [
    ...keyCases(),
    ...sandboxCases(),
    ...transportCases(),
    ...notificationCases(),
  ]
  for (const algorithm of ALGORITHMS) {
    backends.push(await probeBackends(algorithm, { allowBigIntSigning: true }))
    for (const candidate of await findCandidates(algorithm)) cases.push(...backendCases(candidate))
  }
  const outcomes: Outcome[] = []
  for (const each of cases) outcomes.push(await runCase(each))
  return { backends, lacks: await findLacks(), outcomes }
}
