import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { SANDBOX_EXPONENT } from '@llpay/core/keys'

const BITS = 2048
const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700

/** A key pair as PEM. */
interface KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

/** The keys of a sandbox, and the files that a client needs. */
export interface SandboxKeys {
  readonly merchant: KeyPair
  readonly gateway: KeyPair
  readonly merchantPrivateFile: string
  readonly gatewayPublicFile: string
  /** Removes the folder if it was made for this run only. */
  dispose(): void
}

/** Makes a pair whose public exponent marks it as the sandbox's. */
export function generateSandboxPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: BITS,
    publicExponent: SANDBOX_EXPONENT,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

function loadOrMake(folder: string, name: string): KeyPair {
  const privateFile = join(folder, `${name}-private.pem`)
  const publicFile = join(folder, `${name}-public.pem`)
  if (existsSync(privateFile) && existsSync(publicFile)) {
    return {
      privateKey: readFileSync(privateFile, 'utf8'),
      publicKey: readFileSync(publicFile, 'utf8'),
    }
  }
  const pair = generateSandboxPair()
  writeFileSync(privateFile, pair.privateKey, { mode: OWNER_ONLY })
  writeFileSync(publicFile, pair.publicKey, { mode: OWNER_ONLY })
  return pair
}

/** Opens the folder of a sandbox's keys, and makes what is missing; a temporary one unless named. */
export function openKeyFolder(named: string | undefined): SandboxKeys {
  if (named !== undefined) mkdirSync(named, { recursive: true, mode: OWNER_ONLY_FOLDER })
  const folder =
    named === undefined ? mkdtempSync(join(tmpdir(), 'llpay-sandbox-')) : resolve(named)
  return {
    merchant: loadOrMake(folder, 'merchant'),
    gateway: loadOrMake(folder, 'gateway'),
    merchantPrivateFile: join(folder, 'merchant-private.pem'),
    gatewayPublicFile: join(folder, 'gateway-public.pem'),
    dispose() {
      if (named === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
