import type { Api } from '../api/define-api.ts'
import { lookUpReturnCode, type ReturnCodeClass } from '../return-codes/classes.ts'

/** Tells what a return code says about a call of an endpoint. */
export function classify(api: Api, returnCode: string): ReturnCodeClass {
  if (api.success.includes(returnCode)) return 'success'
  if (api.notListed.includes(returnCode)) return 'not-listed'
  const entry = lookUpReturnCode(returnCode).class
  return entry === 'success' ? 'unknown' : entry
}
