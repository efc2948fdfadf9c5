import type { D1Like, D1StatementLike, QueueLike } from '@llpay/edge/queues'

/** What is used of a statement of D1. */
interface Statement extends D1StatementLike {
  bind(...values: unknown[]): Statement
  all(): Promise<{ readonly results: readonly { readonly verdict: string }[] }>
}

/** What is used of a D1 database. */
interface Database extends D1Like {
  prepare(sql: string): Statement
}

/** Secrets, variables and bindings of the Worker. */
export interface Env {
  /** What callers of the Worker must present: anyone who has it can unbind cards. */
  readonly API_TOKEN: string
  readonly LLPAY_OID_PARTNER: string
  readonly LLPAY_PRIVATE_KEY: string
  readonly LLPAY_GATEWAY_KEY: string
  /** The key of the job ids: 32 random bytes in hexadecimal, kept as long as the jobs. */
  readonly LLPAY_JOB_ID_KEY: string
  /** A proxy with a fixed address, or a sandbox; LianLian itself when it is not set. */
  readonly LLPAY_BASE_URL?: string
  readonly JOBS: { sendBatch(messages: readonly object[]): Promise<unknown> }
  readonly FAILED: QueueLike
  readonly DB: Database
}
