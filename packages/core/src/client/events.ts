import type { Delivered } from '../errors/ll-pay-error.ts'

/** What a client reports while it works: names, codes, counts and durations, never a value. */
export type ClientEvent =
  | {
      readonly type: 'request'
      readonly api: string
      /** 1-based number of this request among those of the endpoint in the call. */
      readonly attempt: number
      readonly bytes: number
    }
  | {
      readonly type: 'answer'
      readonly api: string
      readonly attempt: number
      readonly status: number
      readonly bytes: number
      readonly durationMs: number
    }
  | {
      readonly type: 'verification'
      readonly api: string
      readonly attempt: number
      /** `refused`: the reply cannot be trusted, and `code` says why. */
      readonly signature: 'verified' | 'absent' | 'refused'
      readonly returnCode?: string | undefined
      readonly code?: string | undefined
    }
  | {
      readonly type: 'failure'
      readonly api: string
      readonly attempt: number
      readonly code: string
      readonly delivered: Delivered
      readonly durationMs: number
    }
  | {
      readonly type: 'retry'
      readonly api: string
      readonly attempt: number
      readonly code: string
      readonly delayMs: number
    }
  | {
      readonly type: 'settlement'
      readonly api: string
      /** What the list of bound cards showed. */
      readonly verdict: 'listed' | 'not-listed' | 'inconclusive'
      /** Why it was queried: before the change, after an unknown outcome, after a success, or for another product. */
      readonly stage: 'before' | 'after-doubt' | 'after-success' | 'elsewhere'
    }

/** Receives events. What it throws is ignored. */
export type OnEvent = (event: ClientEvent) => void
