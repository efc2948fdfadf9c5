import { ConfigError, type CommonConfig } from '@llpay/core'

import type { DispatcherLike, NetworkConfig } from '../config.ts'
import { findWeakTls } from './find-weak-tls.ts'
import { readProxy, type ProxySettings } from './read-proxy.ts'
import { readTls, type TlsSettings } from './read-tls.ts'

/** The checked options of the network. */
export interface Network {
  readonly proxy?: ProxySettings | undefined
  readonly tls?: TlsSettings | undefined
  readonly dispatcher?: DispatcherLike | undefined
}

type ConnectionOptions = NetworkConfig & Pick<CommonConfig, 'fetch' | 'transport'>

/** Options that exclude each other, and why, in both languages. */
const CONFLICTS: readonly (readonly [
  keyof ConnectionOptions,
  readonly (keyof ConnectionOptions)[],
  string,
  string,
])[] = [
  [
    'transport',
    ['proxy', 'tls', 'dispatcher'],
    'your own transport makes its own connections',
    '自定义 transport 自行建立连接',
  ],
  [
    'fetch',
    ['proxy', 'tls', 'dispatcher'],
    'your own fetch makes its own connections',
    '自定义 fetch 自行建立连接',
  ],
  [
    'dispatcher',
    ['proxy', 'tls'],
    'a dispatcher has its own connections, which are set up there',
    'dispatcher 的连接在其自身中配置',
  ],
]

function refuseConflicts(config: ConnectionOptions): void {
  for (const [one, others, why, zh] of CONFLICTS) {
    const other = others.find((name) => config[name] !== undefined)
    if (config[one] === undefined || other === undefined) continue
    throw new ConfigError('ERR_CONFIG_CONFLICT', {
      reason: 'config.network-conflict',
      message: `Both ${one} and ${other} are set, and ${why}.`,
      hint: 'Leave one out.',
      params: { one, other },
      zh: { message: `${one} 与 ${other} 同时设置，而${zh}。`, hint: '请去掉其中一个。' },
    })
  }
}

function checkDispatcher(dispatcher: DispatcherLike | undefined): void {
  if (dispatcher === undefined) return
  if (typeof dispatcher !== 'object' || typeof dispatcher?.dispatch !== 'function') {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'config.dispatcher',
      message: 'dispatcher must be a Dispatcher of undici, such as an Agent.',
      zh: { message: 'dispatcher 必须是 undici 的 Dispatcher，例如 Agent。' },
    })
  }
  const weakness = findWeakTls(dispatcher)
  if (weakness === undefined) return
  throw new ConfigError('ERR_CONFIG_INSECURE', {
    reason: 'config.dispatcher-option',
    message: `The dispatcher weakens TLS with its option ${weakness}, so that a forged reply could pass for a real one.`,
    hint: 'Remove it; for your own certificate authority, set the option ca.',
    params: { option: weakness },
    zh: {
      message: `dispatcher 的选项 ${weakness} 削弱了 TLS，伪造的应答将无法识别。`,
      hint: '去掉该选项；自有 CA 请设置选项 ca。',
    },
  })
}

/**
 * Checks the options of the network. undici is not loaded for it.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_MISSING`,
 *   `ERR_CONFIG_UNKNOWN_OPTION`, `ERR_CONFIG_INSECURE`.
 */
export function checkNetwork(config: ConnectionOptions): Network {
  refuseConflicts(config)
  const { dispatcher } = config
  checkDispatcher(dispatcher)
  return { dispatcher, tls: readTls(config.tls), proxy: readProxy(config.proxy, process.env) }
}

/**
 * Throws if TLS checks are turned off for the whole process.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE`.
 */
export function refuseInsecureEnvironment(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new ConfigError('ERR_CONFIG_INSECURE', {
    reason: 'config.tls-unchecked',
    message:
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is set. It turns certificate checks off, so that a forged reply could pass for a real one.',
    hint: 'Unset it; for a private certificate authority, set NODE_EXTRA_CA_CERTS.',
    zh: {
      message: '已设置 NODE_TLS_REJECT_UNAUTHORIZED=0。它会关闭证书校验，使伪造的应答无法识别。',
      hint: '取消该变量；私有 CA 请设置 NODE_EXTRA_CA_CERTS。',
    },
  })
}
