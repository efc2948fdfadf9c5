import { X509Certificate } from 'node:crypto'

import { ConfigError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'

import type { Pem, TlsConfig } from '../config.ts'
import { secureContextDefaults } from './unset.ts'

/** TLS options that were checked, and are held as text of their own. */
export interface TlsSettings {
  readonly ca?: string[]
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

const KNOWN = ['ca', 'cert', 'key', 'passphrase']
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const invalid = (message: string, cause?: unknown) =>
  new ConfigError('ERR_CONFIG_INVALID', message, { cause: summarizeCause(cause) })

function checkNames(tls: TlsConfig): void {
  if (typeof tls !== 'object' || tls === null) throw invalid('tls must be an object.')
  if (Object.hasOwn(tls, 'rejectUnauthorized') || Object.hasOwn(tls, 'checkServerIdentity')) {
    throw new ConfigError(
      'ERR_CONFIG_INSECURE',
      'The check of certificates cannot be changed. To trust an authority of your own, give its certificate as tls.ca.',
    )
  }
  if (Object.keys(tls).some((name) => !KNOWN.includes(name))) {
    throw new ConfigError(
      'ERR_CONFIG_UNKNOWN_OPTION',
      `tls has an option that this version does not know. Known are: ${KNOWN.join(', ')}.`,
    )
  }
}

function toText(pem: Pem, name: string): string {
  if (typeof pem === 'string') return pem
  if (pem instanceof Uint8Array) return Buffer.from(pem).toString('latin1')
  throw invalid(`tls.${name} must be PEM, as text or as bytes.`)
}

/** Node ignores what is no certificate; here it would leave nobody to trust, so it is refused. */
function readCertificates(pem: Pem, name: string): string {
  const text = toText(pem, name)
  const blocks = text.match(CERTIFICATE)
  if (blocks === null) {
    throw invalid(
      `tls.${name} holds no PEM certificate. Give the content of the file, not its name.`,
    )
  }
  try {
    for (const block of blocks) void new X509Certificate(block)
  } catch (error) {
    throw invalid(`tls.${name} holds a certificate that cannot be read.`, error)
  }
  return text
}

function readClientCertificate({ cert, key, passphrase }: TlsConfig): TlsSettings {
  if (cert === undefined && key === undefined && passphrase === undefined) return {}
  if (cert === undefined || key === undefined) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      'A client certificate takes both tls.cert and tls.key, and one of them is missing.',
    )
  }
  if (passphrase !== undefined && typeof passphrase !== 'string') {
    throw invalid('tls.passphrase must be a string.')
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
    throw invalid(
      'tls.cert and tls.key do not work together: the key is not that of the certificate, or cannot be read with tls.passphrase.',
      error,
    )
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
  if (authorities.length === 0) throw invalid('tls.ca is empty, so nobody would be trusted.')
  return { ...client, ca: authorities.map((pem) => readCertificates(pem, 'ca')) }
}
