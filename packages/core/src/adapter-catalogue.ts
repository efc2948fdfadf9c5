/** What works with every endpoint there is. */
export { findNearest, nameCharacter } from './text.ts'
export { describeParams } from './api/describe-params.ts'
export { describeIssue, validateParams } from './api/validate-params.ts'
export * as catalogue from './apis/catalogue.ts'
export { PAY_TYPES } from './client/settle/query-list.ts'
