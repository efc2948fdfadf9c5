import { X509Certificate } from 'node:crypto'

import { ConfigError, type ErrorText } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'

import type { Pem, TlsConfig } from '../config.ts'
import { secureContextDefaults } from './unset.ts'

/** TLS options that were checked, as text that no other code can change. */
export interface TlsSettings {
  readonly ca?: string[]
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

const KNOWN = ['ca', 'cert', 'key', 'passphrase']
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const invalid = (text: ErrorText, cause?: unknown) =>
  new ConfigError('ERR_CONFIG_INVALID', text, { cause: summarizeCause(cause) })

function checkNames(tls: TlsConfig): void {
  if (typeof tls !== 'object' || tls === null) {
    throw invalid({
      reason: 'tls.not-object',
      message: 'tls must be an object.',
      zh: { message: 'tls 必须是对象。' },
    })
  }
  if (Object.hasOwn(tls, 'rejectUnauthorized') || Object.hasOwn(tls, 'checkServerIdentity')) {
    throw new ConfigError('ERR_CONFIG_INSECURE', {
      reason: 'tls.check-fixed',
      message: 'Certificate checks cannot be changed.',
      hint: 'To trust your own authority, set tls.ca to its certificate.',
      zh: { message: '证书校验无法更改。', hint: '如需信任自有 CA，请将其证书设为 tls.ca。' },
    })
  }
  if (Object.keys(tls).some((name) => !KNOWN.includes(name))) {
    const known = KNOWN.join(', ')
    throw new ConfigError('ERR_CONFIG_UNKNOWN_OPTION', {
      reason: 'tls.unknown-option',
      message: `tls has an option that this version does not know. Known options: ${known}.`,
      params: { known },
      zh: { message: `tls 中有当前版本不支持的选项。支持的选项：${known}。` },
    })
  }
}

function toText(pem: Pem, name: string): string {
  if (typeof pem === 'string') return pem
  if (pem instanceof Uint8Array) return Buffer.from(pem).toString('latin1')
  throw invalid({
    reason: 'tls.not-pem',
    message: `tls.${name} must be PEM, as text or as bytes.`,
    params: { name },
    zh: { message: `tls.${name} 必须是 PEM（文本或字节）。` },
  })
}

/** Node ignores text that is not a certificate, and would then trust no server; it is refused here. */
function readCertificates(pem: Pem, name: string): string {
  const text = toText(pem, name)
  const blocks = text.match(CERTIFICATE)
  if (blocks === null) {
    throw invalid({
      reason: 'tls.no-certificate',
      message: `tls.${name} does not contain a PEM certificate.`,
      hint: 'Give the contents of the file, not its name.',
      params: { name },
      zh: { message: `tls.${name} 中没有 PEM 证书。`, hint: '请提供文件内容，而不是文件名。' },
    })
  }
  try {
    for (const block of blocks) void new X509Certificate(block)
  } catch (error) {
    const problem = {
      reason: 'tls.certificate-unreadable',
      message: `tls.${name} contains a certificate that cannot be read.`,
      params: { name },
      zh: { message: `tls.${name} 中有无法读取的证书。` },
    }
    throw invalid(problem, error)
  }
  return text
}

function readClientCertificate({ cert, key, passphrase }: TlsConfig): TlsSettings {
  if (cert === undefined && key === undefined && passphrase === undefined) return {}
  if (cert === undefined || key === undefined) {
    throw new ConfigError('ERR_CONFIG_MISSING', {
      reason: 'tls.half-a-pair',
      message: 'A client certificate needs both tls.cert and tls.key, and one of them is missing.',
      zh: { message: '客户端证书需要同时提供 tls.cert 和 tls.key，现缺少其一。' },
    })
  }
  if (passphrase !== undefined && typeof passphrase !== 'string') {
    throw invalid({
      reason: 'tls.passphrase',
      message: 'tls.passphrase must be a string.',
      zh: { message: 'tls.passphrase 必须是字符串。' },
    })
  }
  const settings = {
    cert: readCertificates(cert, 'cert'),
    key: toText(key, 'key'),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  try {
    process.getBuiltinModule('node:tls').createSecureContext({
      ...secureContextDefaults(),
      ...settings,
    })
  } catch (error) {
    const text = {
      reason: 'tls.pair',
      message:
        'tls.cert and tls.key do not work together: the key belongs to another certificate, or cannot be read with tls.passphrase.',
      zh: {
        message: 'tls.cert 与 tls.key 不匹配：密钥属于另一张证书，或无法用 tls.passphrase 读取。',
      },
    }
    throw invalid(text, error)
  }
  return settings
}

/**
 * Checks the TLS options of a client.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_MISSING`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_INSECURE`.
 */
export function readTls(tls: TlsConfig | undefined): TlsSettings {
  if (tls === undefined) return {}
  checkNames(tls)
  const own: TlsConfig = Object.assign(Object.create(null), tls)
  const client = readClientCertificate(own)
  if (own.ca === undefined) return client
  const authorities = [own.ca].flat()
  if (authorities.length === 0) {
    throw invalid({
      reason: 'tls.no-authority',
      message: 'tls.ca is empty, so no server would be trusted.',
      zh: { message: 'tls.ca 为空，任何服务器都不会被信任。' },
    })
  }
  return { ...client, ca: authorities.map((pem) => readCertificates(pem, 'ca')) }
}
