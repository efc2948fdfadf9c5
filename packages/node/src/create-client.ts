import { channel } from 'node:diagnostics_channel'

import type { Client, OnEvent, Transport } from '@llpay/core'
import {
  checkConfig,
  checkKeys,
  DEFAULT_TIMEOUT_MS,
  fetchTransport,
  missingKey,
} from '@llpay/core/adapter'
import { createCoreClient } from '@llpay/core/adapter/client'
import type { RsaPrivateKey } from '@llpay/core/keys'
import type { Signer } from '@llpay/core/signing'

import { nodeSigner } from './backend/node-crypto.ts'
import { type ClientConfig, NETWORK_OPTIONS } from './config.ts'
import { importPrivateKey } from './keys/import-key.ts'
import { openGatewayKeys } from './keys/open-keys.ts'
import { checkNetwork, type Network, refuseInsecureEnvironment } from './network/check-network.ts'
import { undiciTransport } from './transport/undici-transport.ts'

const ALGORITHM = 'MD5withRSA'

function toSigner(
  key: ClientConfig['privateKey'],
  passphrase: string | undefined,
): {
  signer: Signer
  numbers: RsaPrivateKey | undefined
} {
  if (key === undefined || key === null) throw missingKey('privateKey', "the merchant's private")
  if (typeof key === 'object' && 'sign' in key) return { signer: key, numbers: undefined }
  const { numbers, handle } = importPrivateKey(key, { passphrase })
  return { signer: nodeSigner(handle, ALGORITHM), numbers }
}

/** The environment may change after the client was created, and the platform's `fetch` follows it. */
function refusingWeakEnvironment(transport: Transport): Transport {
  return async (request, signal) => {
    refuseInsecureEnvironment()
    return transport(request, signal)
  }
}

function toTransport({ fetch, transport }: ClientConfig, network: Network): Transport {
  if (transport !== undefined) return transport
  return fetch === undefined
    ? undiciTransport(network)
    : refusingWeakEnvironment(fetchTransport(fetch))
}

/** The `node:diagnostics_channel` for the events of every client. */
const EVENT_CHANNEL = 'llpay:event'

/** Makes a listener that also publishes to the channel. */
function publishEvents(onEvent: OnEvent | undefined): OnEvent {
  const events = channel(EVENT_CHANNEL)
  return (event) => {
    if (events.hasSubscribers) events.publish(event)
    onEvent?.(event)
  }
}

/**
 * Creates a client for one merchant. Nothing is sent, no file is read, and only the variables for TLS
 * and, with `proxy: 'environment'`, for the proxy: keys are passed as values and read once, here.
 *
 * Events go to `onEvent` and to the `diagnostics_channel` named `llpay:event`.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INSECURE`, `ERR_CONFIG_SANDBOX_KEY`, `ERR_CONFIG_RUNTIME`.
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`, `ERR_KEY_MISMATCH`.
 * @example
 * import { createClient } from '@llpay/node'
 * const client = createClient({
 *   oidPartner: '201304121000001004',
 *   privateKey: process.env['LLPAY_PRIVATE_KEY'] ?? '',
 *   gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
 * })
 * const result = await client.card.unbind({ user_id: '1234567', no_agree: '2014031710002121' })
 * console.log(result.outcome)
 */
export function createClient(given: ClientConfig): Client {
  const config = checkConfig(given, [...NETWORK_OPTIONS, 'passphrase'])
  refuseInsecureEnvironment()
  const network = checkNetwork(config)
  const {
    oidPartner,
    baseUrl,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    retry,
    settle,
    payTypes,
    onEvent,
    clock,
  } = config
  const { signer, numbers: privateNumbers } = toSigner(config.privateKey, config.passphrase)
  const verifiers = openGatewayKeys(config.gatewayPublicKey)
  checkKeys(
    privateNumbers,
    verifiers.flatMap(({ numbers }) => numbers ?? []),
    baseUrl,
  )
  return createCoreClient({
    oidPartner,
    baseUrl,
    timeoutMs,
    retry,
    settle,
    payTypes,
    onEvent: publishEvents(onEvent),
    clock,
    signer,
    verifiers: verifiers.map(({ verifier }) => verifier),
    transport: toTransport(config, network),
  })
}
