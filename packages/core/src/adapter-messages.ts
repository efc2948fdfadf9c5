/** What reads, signs and verifies messages outside of a call. */
export type { JsonObject, JsonValue } from './json/json-value.ts'
export { readJsonObject } from './json/read-json.ts'
export { refuseAmbiguous, requirePlainNames } from './signing/refuse-ambiguous.ts'
export { signMembers } from './signing/sign-members.ts'
export { requireSignType, verifyMembers } from './signing/verify-members.ts'
export { lookUpReturnCode } from './return-codes/classes.ts'
