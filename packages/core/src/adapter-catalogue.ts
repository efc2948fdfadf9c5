/** What works with every endpoint there is. */
export { findNearest } from './encoding/nearest.ts'
export { describeParams } from './api/describe-params.ts'
export { describeIssue, validateParams } from './api/validate-params.ts'
export * as catalogue from './apis/catalogue.ts'
