import { ConfigError, decodeBase64, encodeUtf8, summarizeCause } from '@llpay/core/adapter'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import type { Backend, BackendName, Purpose } from './backend.ts'
import { loadBackend } from './load-backend.ts'
import { makeProbeKey } from './probe-key.ts'
import { PROBE_MESSAGE, PROBE_SIGNATURES } from './probe-material.ts'

/** What came of trying a backend. */
export interface BackendTrial {
  readonly backend: BackendName
  readonly works: boolean
  /** Why it is not used, where it is not. */
  readonly reason?: string
}

// Plain results are kept, never promises: a Worker that awaits a promise of another request hangs
// when that request is cancelled.
const results = /* @__PURE__ */ new Map<string, BackendTrial>()

const equal = (left: Uint8Array, right: Uint8Array) =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

type Check = (
  backend: Backend,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>

const CHECKS: Readonly<Record<Purpose, Check>> = {
  async sign(backend, algorithm, message, signature) {
    const signer = await backend.openSigner(makeProbeKey(), algorithm)
    return equal(await signer.sign(message), signature)
  },
  async verify(backend, algorithm, message, signature) {
    const verifier = await backend.openVerifier(makeProbeKey().publicKey, algorithm)
    const good = await verifier.verify(message, signature)
    return good && !(await verifier.verify(message.subarray(1), signature))
  },
}

/** Says in a few words why an operation failed, without repeating a foreign message. */
export function reasonOf(error: unknown): string {
  return `it refuses: ${summarizeCause(error)?.message ?? 'no reason given'}`
}

async function findFault(
  name: BackendName,
  purpose: Purpose,
  algorithm: SignatureAlgorithm,
): Promise<string | undefined> {
  const signature = decodeBase64(PROBE_SIGNATURES[algorithm]) ?? new Uint8Array()
  try {
    const backend = await loadBackend(name)
    if (backend === undefined) return 'the runtime does not have it'
    const works = await CHECKS[purpose](backend, algorithm, encodeUtf8(PROBE_MESSAGE), signature)
    return works ? undefined : 'it gives wrong results'
  } catch (error) {
    // A part that a bundle lacks is no fault of the runtime's.
    if (error instanceof ConfigError) throw error
    return reasonOf(error)
  }
}

/** Tries a backend by a real signature with a test key, once for each purpose and algorithm. */
export async function probeBackend(
  name: BackendName,
  purpose: Purpose,
  algorithm: SignatureAlgorithm,
): Promise<BackendTrial> {
  const id = `${name} ${purpose} ${algorithm}`
  const known = results.get(id)
  if (known !== undefined) return known
  const reason = await findFault(name, purpose, algorithm)
  const trial = { backend: name, works: reason === undefined, ...(reason ? { reason } : {}) }
  results.set(id, trial)
  return trial
}
