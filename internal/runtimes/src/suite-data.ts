import { createPrivateKey, generateKeyPairSync } from 'node:crypto'

import { closedUrl } from '@internal/testkit/local-server'
import {
  loadGatewayMessages,
  loadSigningVectors,
  loadWycheproof,
  vectorKey,
} from '@internal/vectors'

import type { SuiteData } from './suite/data.ts'

function makeSandboxKey(): SuiteData['sandboxKey'] {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicExponent: 65_539,
  })
  return {
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  }
}

function exportJwk(pem: string): Record<string, string> {
  const jwk = Object.entries(createPrivateKey(pem).export({ format: 'jwk' }))
  return Object.fromEntries(jwk.map(([name, value]) => [name, String(value)]))
}

/** Gathers what the suite is given. */
export async function gatherSuiteData(gatewayUrl: string): Promise<SuiteData> {
  return {
    gatewayUrl,
    closedUrl: await closedUrl(),
    vectors: loadSigningVectors(),
    messages: loadGatewayMessages(),
    wycheproof: loadWycheproof(2048),
    jwk: exportJwk(vectorKey('k2048').pkcs8Pem),
    sandboxKey: makeSandboxKey(),
  }
}
