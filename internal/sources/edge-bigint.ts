// What is not published of the edge package, for what measures it.
export { toIntegers } from '../../packages/edge/src/backend/bigint/arithmetic.ts'
export { bigintSigner } from '../../packages/edge/src/backend/bigint/bigint-backend.ts'
