/** Secrets and variables of the Worker. */
export interface Env {
  /** What callers of the Worker must present: anyone who has it can unbind cards. */
  readonly API_TOKEN: string
  readonly LLPAY_OID_PARTNER: string
  /** The merchant's private key; one-line base64 fits a secret best. */
  readonly LLPAY_PRIVATE_KEY: string
  /** LianLian's public key. */
  readonly LLPAY_GATEWAY_KEY: string
  /** A proxy with a fixed address, or a sandbox; LianLian itself when it is not set. */
  readonly LLPAY_BASE_URL?: string
  /** How long a call may take, with all that is asked to find out its outcome; 20000 when not set. */
  readonly LLPAY_TIMEOUT_MS?: string
}
