import type { DeliveryOptions } from '@llpay/core/bulk'

/** Hands what a queue threw to the caller's hook, which must not decide what becomes of the job. */
export async function report(error: unknown, { onError }: DeliveryOptions): Promise<void> {
  try {
    await onError?.(error)
  } catch {
    // Nobody is left to hear of it; the job comes again all the same.
  }
}
