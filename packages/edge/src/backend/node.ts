import { ALGORITHMS } from '@llpay/core/adapter'

import type { Backend } from './backends.ts'

/** The part of `node:crypto` that signs and verifies. */
interface NodeCrypto {
  createPrivateKey(key: { key: Uint8Array; format: 'der'; type: 'pkcs8' }): object
  createPublicKey(key: { key: Uint8Array; format: 'der'; type: 'spki' }): object
  sign(digest: string, message: Uint8Array, key: object): Uint8Array
  verify(digest: string, message: Uint8Array, key: object, signature: Uint8Array): boolean
}

/** Where a runtime with Node's API offers its modules, without an import that bundlers would follow. */
interface Host {
  readonly crypto?: unknown
  readonly process?: { readonly getBuiltinModule?: (id: string) => unknown }
}

const NEEDED = ['createPrivateKey', 'createPublicKey', 'sign', 'verify']

function isNodeCrypto(module: unknown): module is NodeCrypto {
  return (
    typeof module === 'object' &&
    module !== null &&
    NEEDED.every((name) => typeof Reflect.get(module, name) === 'function')
  )
}

/** `node:crypto`, where the runtime has it: Node, Deno, Bun, and workerd with `nodejs_compat`. */
export function nodeBackend(): Backend | undefined {
  const host: Host = globalThis
  const crypto = host.process?.getBuiltinModule?.('node:crypto')
  if (!isNodeCrypto(crypto)) return undefined
  return {
    name: 'node',
    async openSigner({ pkcs8 }, algorithm) {
      const { digest } = ALGORITHMS[algorithm]
      const key = crypto.createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
      return {
        algorithm,
        sign: async (message) => new Uint8Array(crypto.sign(digest, message, key)),
      }
    },
    async openVerifier({ spki, bits }, algorithm) {
      const { digest } = ALGORITHMS[algorithm]
      const length = Math.ceil(bits / 8)
      const key = crypto.createPublicKey({ key: spki, format: 'der', type: 'spki' })
      return {
        algorithm,
        verify: async (message, signature) =>
          signature.length === length && crypto.verify(digest, message, key, signature),
      }
    },
  }
}
