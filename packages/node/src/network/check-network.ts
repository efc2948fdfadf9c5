import { ConfigError, type CommonConfig } from '@llpay/core'

import type { DispatcherLike, NetworkConfig } from '../config.ts'
import { findWeakTls } from './find-weak-tls.ts'
import { readProxy, type ProxySettings } from './read-proxy.ts'
import { readTls, type TlsSettings } from './read-tls.ts'

/** The way out, checked. */
export interface Network {
  readonly proxy?: ProxySettings | undefined
  readonly tls?: TlsSettings | undefined
  readonly dispatcher?: DispatcherLike | undefined
}

type Options = NetworkConfig & Pick<CommonConfig, 'fetch' | 'transport'>

/** Options of which one makes the other pointless, and why. */
const CONFLICTS: readonly (readonly [keyof Options, readonly (keyof Options)[], string])[] = [
  ['transport', ['proxy', 'tls', 'dispatcher'], 'a transport of your own goes its own way'],
  ['fetch', ['proxy', 'tls', 'dispatcher'], 'a fetch of your own goes its own way'],
  ['dispatcher', ['proxy', 'tls'], 'a dispatcher has its own connections: set it up there'],
]

function refuseConflicts(config: Options): void {
  for (const [one, others, why] of CONFLICTS) {
    const other = others.find((name) => config[name] !== undefined)
    if (config[one] === undefined || other === undefined) continue
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      `Both ${one} and ${other} are given, and ${why}. Leave one out.`,
    )
  }
}

function checkDispatcher(dispatcher: DispatcherLike | undefined): void {
  if (dispatcher === undefined) return
  if (typeof dispatcher !== 'object' || typeof dispatcher?.dispatch !== 'function') {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'dispatcher must be a Dispatcher of undici, such as an Agent.',
    )
  }
  const weakness = findWeakTls(dispatcher)
  if (weakness === undefined) return
  throw new ConfigError(
    'ERR_CONFIG_INSECURE',
    `The dispatcher weakens TLS with its option ${weakness}: a forged answer could not be told from a true one. Remove it; for an authority of your own set the option ca.`,
  )
}

/**
 * Checks how a client gets out of its network. undici is not loaded for it.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_MISSING`,
 *   `ERR_CONFIG_UNKNOWN_OPTION`, `ERR_CONFIG_INSECURE`.
 */
export function checkNetwork(config: Options): Network {
  refuseConflicts(config)
  const { dispatcher } = config
  checkDispatcher(dispatcher)
  return { dispatcher, tls: readTls(config.tls), proxy: readProxy(config.proxy, process.env) }
}

/**
 * Refuses to work where TLS checks are switched off for the whole process.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE`.
 */
export function refuseInsecureEnvironment(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new ConfigError(
    'ERR_CONFIG_INSECURE',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: it switches certificate checks off, and a forged answer could not be told from a true one. Unset it; for a private certificate authority set NODE_EXTRA_CA_CERTS.',
  )
}
