import type { Delivered } from '../errors/ll-pay-error.ts'

/** What a client tells while it works: names, codes, counts and durations, never a value. */
export type ClientEvent =
  | {
      readonly type: 'request'
      readonly api: string
      /** The how-manieth request of this endpoint in the call. */
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
      /** `refused` where the answer could not be believed; `code` says why. */
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
      /** What the list of bound cards says. */
      readonly verdict: 'listed' | 'not-listed' | 'inconclusive'
      /** Why it was asked. */
      readonly stage: 'before' | 'after-doubt' | 'after-success' | 'elsewhere'
    }

/** Receives events. What it throws changes nothing. */
export type OnEvent = (event: ClientEvent) => void

/** Makes a listener createEmitter: it may be missing, and it may throw. */
export function createEmitter(onEvent: OnEvent | undefined): OnEvent {
  return (event) => {
    try {
      onEvent?.(event)
    } catch {
      // A listener watches; it must not decide what happens to a card.
    }
  }
}
