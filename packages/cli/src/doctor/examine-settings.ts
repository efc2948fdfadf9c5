import { parseBaseUrl } from '@llpay/core/adapter'

import { describeGateway, isLive } from '../call/confirm.ts'
import { checkMerchant } from '../config/resolve-config.ts'
import { keepApart, type Settings } from '../config/settings.ts'
import { nameInChinese } from '../config/sources.ts'
import { t } from '../output/language.ts'
import { attempt, broken, fine, type Finding } from './finding.ts'

const MISSING = t(
  'Give it as a flag or a variable (llpay help environment), or run llpay init.',
  '用选项或环境变量给出（见 llpay help environment），或运行 llpay init。',
)

function examineMerchant({ oidPartner }: Settings): Finding {
  const check = 'merchant'
  if (oidPartner === undefined) {
    return broken(check, t('The merchant number is missing.', '缺少商户号。'), MISSING)
  }
  return attempt(check, () => {
    checkMerchant(oidPartner)
    const { value, from } = oidPartner
    return fine(check, t(`${value}, from ${from}`, `${value}，来自 ${nameInChinese(from)}`))
  })
}

function examineGateway({ baseUrl, profile }: Settings): Finding {
  const check = 'gateway'
  return attempt(check, () => {
    keepApart({ profile, baseUrl })
    if (baseUrl === undefined) {
      return fine(check, describeGateway({ baseUrl: undefined, profile }))
    }
    if (/\.htm\/?$/.test(baseUrl.value)) {
      return broken(
        check,
        t(
          `${baseUrl.from}: the base URL ends in the path of an endpoint.`,
          `${nameInChinese(baseUrl.from)}：网关地址以某个接口的路径结尾。`,
        ),
        t(
          'Leave that path out: llpay adds the one of each endpoint.',
          '去掉该路径：llpay 会加上各接口的路径。',
        ),
      )
    }
    const { href } = parseBaseUrl(baseUrl.value)
    const isReal = isLive({ baseUrl: baseUrl.value, profile })
    return fine(
      check,
      t(
        `${href} (${isReal ? 'live' : 'test'}), from ${baseUrl.from}`,
        `${href}（${isReal ? '生产' : '测试'}），来自 ${nameInChinese(baseUrl.from)}`,
      ),
    )
  })
}

/** Whether it is known for which merchant calls are made, and where they go. */
export function examineSettings(settings: Settings): Finding[] {
  const { profile, privateKey, gatewayKeys } = settings
  return [
    ...(profile === undefined ? [] : [fine('profile', `${profile.name} (${profile.kind})`)]),
    examineMerchant(settings),
    examineGateway(settings),
    ...(privateKey === undefined
      ? [
          broken(
            'private key',
            t("The merchant's private key is missing.", '缺少商户私钥。'),
            MISSING,
          ),
        ]
      : []),
    ...(gatewayKeys.length === 0
      ? [
          broken(
            'gateway key',
            t("LianLian's public key is missing.", '缺少连连支付公钥。'),
            MISSING,
          ),
        ]
      : []),
  ]
}
