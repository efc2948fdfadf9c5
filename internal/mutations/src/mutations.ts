import type { Mutation } from './mutation.ts'
import { CONNECTIONS } from './protections/connections.ts'
import { JOBS } from './protections/jobs.ts'
import { NOTIFICATIONS } from './protections/notifications.ts'
import { PRODUCTS } from './protections/products.ts'
import { REPLIES } from './protections/replies.ts'
import { RUNS } from './protections/runs.ts'
import { SETTLEMENT } from './protections/settlement.ts'

/** The protections of the product. Without any of them the tests must fail. */
export const MUTATIONS: readonly Mutation[] = [
  ...REPLIES,
  ...CONNECTIONS,
  ...SETTLEMENT,
  ...PRODUCTS,
  ...JOBS,
  ...RUNS,
  ...NOTIFICATIONS,
]
