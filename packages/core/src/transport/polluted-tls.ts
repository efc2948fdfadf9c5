/** Options that decide whom a TLS connection trusts, where an HTTP stack looks them up. */
const TRUST = [
  'ALPNProtocols',
  'ca',
  'checkServerIdentity',
  'ciphers',
  'connect',
  'httpSocket',
  'maxVersion',
  'minVersion',
  'pfx',
  'pskCallback',
  'rejectUnauthorized',
  'secureContext',
  'secureOptions',
  'secureProtocol',
  'servername',
  'session',
  'sigalgs',
  'tls',
]

/**
 * Describes an option on `Object.prototype` that decides about certificates: an HTTP stack whose
 * options are not ours would take it for its own. `undefined` where there is none.
 */
export function describePollutedTls(): string | undefined {
  const name = TRUST.find((option) => option in Object.prototype)
  if (name === undefined) return undefined
  return `Object.prototype.${name} is set, by other code in this process, and could decide how certificates are checked. Nothing was sent. Find the code that sets it, and remove it.`
}
