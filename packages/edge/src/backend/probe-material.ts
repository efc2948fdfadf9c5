import type { SignatureAlgorithm } from '@llpay/core/signing'

/** The message that backends are tried with. */
export const PROBE_MESSAGE = 'llpay'

/** What OpenSSL signs the message to, with the key of `probe-key.ts`. */
export const PROBE_SIGNATURES: Readonly<Record<SignatureAlgorithm, string>> = {
  MD5withRSA:
    'CS2CPPuT+PRSioWhX5r/I5YkYm8IzWV4Y2Eltt62317h73P8AsxqJeF3j4kQAr5vb3BDqkXBUjuAZ5hHUBI/S4LunhogbLHWTII2yIcpLEwRSUjzbJaeHrys34b8j838cZYx/Df0uS5eHFhFCjbSeK155jD2uTbu8Z+FkOPbuSE=',
  SHA256withRSA:
    'ssri9a1oAgnh4uiY0JZxh1q3Lhuv4cWv1frGqu9GKngZ+cG/IC6vpGkC0NatBmB6Fn2iCxZCZV68YBmePsmjBmxdAjt2fwalhekxTP1KhO8MR2HjDCrrNgX/1Fk7ApZGAOwLlG/P0sOhoZ0NZt6mEbG9oMdc40hFzRgl74ndXH4=',
}
