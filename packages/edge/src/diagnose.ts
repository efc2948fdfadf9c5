/**
 * The hashes for `diagnose` of `@llpay/core/diagnose` without node:crypto, such as in a browser.
 *
 * @module @llpay/edge/diagnose
 */
import type { Digest, HashName } from '@llpay/core/diagnose'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'

const HASHES: Readonly<Record<HashName, (bytes: Uint8Array) => Uint8Array>> = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
}

/**
 * Hashes bytes in plain JavaScript, MD5 included.
 *
 * @example
 * import { diagnose } from '@llpay/core/diagnose'
 * import { parsePublicKey } from '@llpay/core/keys'
 * import { createVerifier } from '@llpay/edge'
 * import { digest } from '@llpay/edge/diagnose'
 * declare const message: string
 * declare const pem: string
 * const verifier = await createVerifier(pem, 'MD5withRSA')
 * const report = await diagnose(message, {
 *   keys: [{ name: 'the pasted key', key: parsePublicKey(pem), verifier }],
 *   digest,
 * })
 * console.log(report.verified, report.causes)
 */
export const digest: Digest = (name, bytes) => HASHES[name](bytes)
