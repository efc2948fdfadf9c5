/** What works with every endpoint there is. */
export { findNearest, nameCharacter } from './text.ts'
export { describeApi, describeMember, describeParams } from './apis/describe.ts'
export { describeIssue, validateParams } from './api/validate-params.ts'
export * as catalogue from './apis/catalogue.ts'
export { PAY_TYPES } from './api/fields.ts'
