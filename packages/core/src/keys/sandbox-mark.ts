import { bytesToBigInt } from '../encoding.ts'

/**
 * The public exponent that marks a key as made for the sandbox. Every conversion keeps it, and no other
 * tool picks it by accident. See docs/decisions/0002.
 */
export const SANDBOX_EXPONENT = 65_539

/** Whether a key was made for the sandbox. */
export function isSandboxKey(key: { readonly exponent: Uint8Array }): boolean {
  return bytesToBigInt(key.exponent) === BigInt(SANDBOX_EXPONENT)
}
