import { accessSync, constants } from 'node:fs'

import { proxyFor } from '@llpay/node'

import { readVariable, type Environment } from '../config/sources.ts'
import { t } from '../output/language.ts'
import { listOrigins } from './examine-network.ts'
import { attempt, broken, fine, warn, type Finding } from './finding.ts'

const OLDEST = [20, 19] as const

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const text = `${process.versions.node}, OpenSSL ${process.versions.openssl}`
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
  const oldest = OLDEST.join('.')
  return isOld
    ? broken(
        'Node.js',
        t(`${text} is too old.`, `${text} 版本过低。`),
        t(`Use Node.js ${oldest} or later.`, `请使用 Node.js ${oldest} 或更高版本。`),
      )
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
      t(
        'NODE_TLS_REJECT_UNAUTHORIZED=0 turns certificate checks off, and llpay makes no call.',
        'NODE_TLS_REJECT_UNAUTHORIZED=0 关闭了证书检查，llpay 拒绝发起调用。',
      ),
      t(
        'Unset it. For a private certificate authority set NODE_EXTRA_CA_CERTS.',
        '取消该变量。使用私有证书颁发机构时请设置 NODE_EXTRA_CA_CERTS。',
      ),
    )
  }
  const extra = readVariable(env, 'NODE_EXTRA_CA_CERTS')
  if (extra === undefined) {
    return fine(check, t('checked by the authorities of Node.js', '按 Node.js 内置的颁发机构检查'))
  }
  return isReadable(extra)
    ? warn(
        check,
        t(
          'NODE_EXTRA_CA_CERTS adds authorities: anyone who controls one of them can read the calls.',
          'NODE_EXTRA_CA_CERTS 增加了颁发机构：控制其中之一的人能读取调用内容。',
        ),
      )
    : broken(
        check,
        t(
          'The file of NODE_EXTRA_CA_CERTS cannot be read.',
          '无法读取 NODE_EXTRA_CA_CERTS 的文件。',
        ),
        t('Correct it, or unset it.', '请改正或取消该变量。'),
      )
}

function examineProxy(env: Environment, baseUrl: string | undefined): Finding {
  const check = 'proxy'
  return attempt(check, () => {
    const proxies = listOrigins(baseUrl).flatMap((url) => proxyFor(url, env) ?? [])
    const [proxy] = proxies
    if (proxy !== undefined) {
      return fine(
        check,
        t(`calls go through ${proxy} (HTTPS_PROXY)`, `调用经由 ${proxy}（HTTPS_PROXY）`),
      )
    }
    const isSet = [env['HTTPS_PROXY'], env['https_proxy']].some((value) => (value ?? '') !== '')
    return fine(
      check,
      isSet
        ? t('HTTPS_PROXY is set, and not used for this host', '已设置 HTTPS_PROXY，但不用于该主机')
        : t('none', '无'),
    )
  })
}

/** What of the process and its variables matters for a call. */
export function examineEnvironment(env: Environment, baseUrl: string | undefined): Finding[] {
  return [examineNode(), examineAuthorities(env), examineProxy(env, baseUrl)]
}
