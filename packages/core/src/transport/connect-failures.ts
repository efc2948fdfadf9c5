const NOT_DELIVERED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Tells whether an error of a platform's HTTP stack proves that no connection was made, by the
 * system's or TLS library's error code in it or in one of its causes.
 */
export function provesNotDelivered(error: unknown): boolean {
  let inner = error
  for (let depth = 0; depth < 4 && typeof inner === 'object' && inner !== null; depth += 1) {
    const code: unknown = Reflect.get(inner, 'code')
    if (typeof code === 'string' && NOT_DELIVERED.has(code)) return true
    inner = Reflect.get(inner, 'cause')
  }
  return false
}
