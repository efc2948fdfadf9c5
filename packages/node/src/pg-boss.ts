/**
 * Unbind many cards with pg-boss, whose queues are in PostgreSQL.
 *
 * @module @llpay/node/pg-boss
 */
export {
  bossWorkOptions,
  createUnbindHandler,
  type BossHandler,
  type BossJobLike,
  type BossLike,
  type BossResult,
} from './queues/pg-boss.ts'
export { toBossJob, type BossJob } from './queues/pg-boss.ts'
export { createMarksTable, postgresMarks, type PostgresLike } from './queues/postgres-marks.ts'
