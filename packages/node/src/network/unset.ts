/**
 * Options that are left at their defaults, and are set all the same: what an object lacks is looked up
 * on `Object.prototype`, where any code in the process can put it.
 */
export const unset = (...names: readonly string[]): Record<string, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined]))

/** What `tls.createSecureContext` reads. */
const SECURE_CONTEXT = [
  'allowPartialTrustChain',
  'ca',
  'cert',
  'ciphers',
  'clientCertEngine',
  'crl',
  'dhparam',
  'ecdhCurve',
  'honorCipherOrder',
  'key',
  'maxVersion',
  'minVersion',
  'passphrase',
  'pfx',
  'privateKeyEngine',
  'privateKeyIdentifier',
  'secureOptions',
  'secureProtocol',
  'sessionIdContext',
  'sessionTimeout',
  'sigalgs',
  'ticketKeys',
]

/** What `tls.connect`, `net.connect` and undici's connector read beside that. */
const CONNECTION = [
  'ALPNCallback',
  'SNICallback',
  'allowHalfOpen',
  'autoSelectFamily',
  'autoSelectFamilyAttemptTimeout',
  'blockList',
  'enableTrace',
  'family',
  'fd',
  'handle',
  'hints',
  'keepAlive',
  'keepAliveInitialDelay',
  'localAddress',
  'localPort',
  'lookup',
  'noDelay',
  'onread',
  'path',
  'pskCallback',
  'requestOCSP',
  'secureContext',
  'servername',
  'session',
  'signal',
  'socket',
  'socketPath',
  'typeOfService',
  'useH2c',
]

/** The defaults of a secure context, none of them taken from a prototype. */
export const secureContextDefaults = (): Record<string, undefined> => unset(...SECURE_CONTEXT)

/** The defaults of a connection, none of them taken from a prototype. */
export const connectionDefaults = (): Record<string, undefined> =>
  unset(...SECURE_CONTEXT, ...CONNECTION)
