/** What reads, signs and verifies messages outside of a call. */
export type { JsonObject, JsonValue } from './json/json-value.ts'
export { readJsonObject } from './json/read-json.ts'
export {
  refuseAmbiguous,
  requirePlainNames,
  requireSignType,
  verifyMembers,
} from './signing/verify.ts'
export { signMembers } from './signing/sign.ts'
export { lookUpReturnCode } from './return-codes/classes.ts'
