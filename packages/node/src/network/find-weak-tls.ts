const OLD_VERSIONS = new Set<unknown>(['TLSv1', 'TLSv1.1'])
const OLD_METHOD = /^(?:SSLv|TLSv1_(?!2))/
const MAX_OBJECTS = 5_000

/** Whether a check of host names accepts a certificate for another host. */
function acceptsAnyone(check: unknown): boolean {
  if (typeof check !== 'function') return false
  const stranger = { subject: { CN: 'stranger.invalid' }, subjectaltname: 'DNS:stranger.invalid' }
  try {
    const result: unknown = Reflect.apply(check, undefined, ['gateway.invalid', stranger])
    return result === undefined || result === null || result === false
  } catch {
    return false
  }
}

/** The options of `tls.connect` that can weaken it, and which values do. */
const WEAKENED_BY: Readonly<Record<string, (value: unknown) => boolean>> = {
  rejectUnauthorized: (value) => value === false,
  checkServerIdentity: acceptsAnyone,
  minVersion: (value) => OLD_VERSIONS.has(value),
  maxVersion: (value) => OLD_VERSIONS.has(value),
  secureProtocol: (value) => typeof value === 'string' && OLD_METHOD.test(value),
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The values of an object's own properties, symbols included; no getter is run. */
function* propertiesOf(value: object): Generator<readonly [string, unknown]> {
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property !== undefined && 'value' in property) yield [String(key), property.value]
  }
}

/**
 * Searches an undici `Dispatcher`, breadth first, for TLS options that weaken it, and returns the name
 * of the first. undici keeps the options of an `Agent`, a `ProxyAgent` and an
 * `EnvHttpProxyAgent` under symbols; those of a `Pool` or a `Client` lie in a closure and are not
 * seen.
 */
export function findWeakTls(dispatcher: object): string | undefined {
  const seen = new Set<object>([dispatcher])
  for (const value of seen) {
    if (ArrayBuffer.isView(value)) continue
    for (const [name, property] of propertiesOf(value)) {
      if (Object.hasOwn(WEAKENED_BY, name) && WEAKENED_BY[name]?.(property) === true) return name
      if (isObject(property) && seen.size < MAX_OBJECTS) seen.add(property)
    }
  }
  return undefined
}
