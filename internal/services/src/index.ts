export { startPostgres } from './start-postgres.ts'
export { startRedis } from './start-redis.ts'
export type { Service } from './start-service.ts'
