import type { DeliveryOptions } from '@llpay/core/bulk'

/** Passes a queue's error to the caller's hook, which must not affect the job. */
export async function report(error: unknown, { onError }: DeliveryOptions): Promise<void> {
  try {
    await onError?.(error)
  } catch {
    // There is no one left to report to; the job is delivered again anyway.
  }
}
