/**
 * How many cases a property test tries: as many as it needs in every check, and `LLPAY_FUZZ` times as
 * many in a long run (`npm run fuzz`).
 */
export function fuzzRuns(usual: number): { numRuns: number; maxSkipsPerRun: number } {
  return { numRuns: usual * Number(process.env['LLPAY_FUZZ'] ?? '1'), maxSkipsPerRun: 1000 }
}
