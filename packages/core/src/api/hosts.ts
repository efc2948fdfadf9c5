/** The hosts of LianLian's classic API. */
export const HOSTS = {
  traderapi: 'https://traderapi.lianlianpay.com',
  queryapi: 'https://queryapi.lianlianpay.com',
} as const

/** The name of a host. */
export type HostName = keyof typeof HOSTS

const REAL_DOMAINS = ['lianlianpay.com', 'lianlianpay-inc.com', 'yintong.com.cn']

/** Tells whether a host name is LianLian's own, where real cards are unbound. */
export function isLianLianHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return REAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}
