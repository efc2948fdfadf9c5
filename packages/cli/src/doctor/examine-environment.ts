import { accessSync, constants } from 'node:fs'

import { proxyFor } from '@llpay/node'

import { readVariable, type Environment } from '../config/environment.ts'
import { attempt } from './examine-settings.ts'
import { broken, warn, fine, type Finding } from './finding.ts'
import { listOrigins } from './hosts.ts'

const OLDEST = [20, 19] as const

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const text = `${process.versions.node}, OpenSSL ${process.versions.openssl}`
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
  return isOld
    ? broken('Node.js', `${text} is too old.`, `Take Node.js ${OLDEST.join('.')} or later.`)
    : fine('Node.js', text)
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function examineAuthorities(env: Environment): Finding {
  const check = 'certificates'
  if (readVariable(env, 'NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    return broken(
      check,
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches their checks off, and llpay makes no call.',
      'Unset it. For a private certificate authority set NODE_EXTRA_CA_CERTS.',
    )
  }
  const extra = readVariable(env, 'NODE_EXTRA_CA_CERTS')
  if (extra === undefined) return fine(check, 'checked by the authorities of Node.js')
  return isReadable(extra)
    ? warn(
        check,
        'NODE_EXTRA_CA_CERTS adds authorities: whoever holds one of them can read the calls.',
      )
    : broken(check, 'The file of NODE_EXTRA_CA_CERTS cannot be read.', 'Correct it, or unset it.')
}

function examineProxy(env: Environment, baseUrl: string | undefined): Finding {
  const check = 'proxy'
  return attempt(check, () => {
    const proxies = listOrigins(baseUrl).flatMap((url) => proxyFor(url, env) ?? [])
    const [proxy] = proxies
    if (proxy !== undefined) return fine(check, `calls go through ${proxy} (HTTPS_PROXY)`)
    const isSet = [env['HTTPS_PROXY'], env['https_proxy']].some((value) => (value ?? '') !== '')
    return fine(check, isSet ? 'HTTPS_PROXY is set, and not taken for this host' : 'none')
  })
}

/** What of the process and its variables matters for a call. */
export function examineEnvironment(env: Environment, baseUrl: string | undefined): Finding[] {
  return [examineNode(), examineAuthorities(env), examineProxy(env, baseUrl)]
}
