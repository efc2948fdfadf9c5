interface Entry {
  readonly host: string
  readonly port: string | undefined
}

function readEntry(text: string): Entry {
  const [, host = text, port] = /^(?<host>.+?)(?::(?<port>[0-9]+))?$/.exec(text) ?? []
  const isBareIpv6 = port !== undefined && host.includes(':') && !host.endsWith(']')
  const name = (isBareIpv6 ? text : host).toLowerCase().replace(/^\*?\.|^\[|\]$/g, '')
  return { host: name, port: isBareIpv6 ? undefined : port }
}

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80')

/**
 * Reads a `NO_PROXY`: names separated by commas or blanks, each standing for itself and for what is
 * below it, with a port if wanted; `*` stands for all. Ranges of addresses are not understood.
 */
export function readNoProxy(text: string): (url: URL) => boolean {
  const entries = text.split(/[\s,]+/).filter(Boolean)
  if (entries.includes('*')) return () => true
  const known = entries.map(readEntry)
  return (url) => {
    const name = url.hostname.replace(/^\[|\]$|\.$/g, '')
    return known.some(
      ({ host, port }) =>
        (port === undefined || port === portOf(url)) &&
        (name === host || name.endsWith(`.${host}`)),
    )
  }
}
