import { isLLPayError } from '@llpay/core'
import { checkOidPartner, parseBaseUrl } from '@llpay/core/adapter'

import { isLive } from '../commands/ask-first.ts'
import { keepApart, type Settings } from '../config/settings.ts'
import { broken, fine, problem, type Finding } from './finding.ts'

/** Does something that throws an error of llpay where something is wrong. */
export function attempt(check: string, act: () => Finding): Finding {
  try {
    return act()
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return problem(check, error)
  }
}

const MISSING = 'Give it as a flag or a variable (llpay help environment), or run llpay init.'

function examineMerchant({ oidPartner }: Settings): Finding {
  const check = 'merchant'
  if (oidPartner === undefined) return broken(check, 'There is no merchant number.', MISSING)
  return attempt(check, () => {
    checkOidPartner(oidPartner.value)
    return fine(check, `${oidPartner.value}, from ${oidPartner.from}`)
  })
}

function examinePlace({ baseUrl, profile }: Settings): Finding {
  const check = 'calls go to'
  return attempt(check, () => {
    keepApart({ profile, baseUrl })
    const where = baseUrl === undefined ? 'LianLian itself' : parseBaseUrl(baseUrl.value).href
    const from = baseUrl === undefined ? '' : `, from ${baseUrl.from}`
    const live = isLive({ baseUrl: baseUrl?.value, profile }) ? ' (live)' : ' (test)'
    return fine(check, where + from + live)
  })
}

/** Whether it is known for whom calls are made, and where they go. */
export function examineSettings(settings: Settings): Finding[] {
  const { profile, privateKey, gatewayKeys } = settings
  const place = examinePlace(settings)
  return [
    ...(profile === undefined ? [] : [fine('profile', `${profile.name} (${profile.kind})`)]),
    examineMerchant(settings),
    place,
    ...(privateKey === undefined
      ? [broken('private key', "The merchant's private key is not given.", MISSING)]
      : []),
    ...(gatewayKeys.length === 0
      ? [broken('gateway key', "LianLian's public key is not given.", MISSING)]
      : []),
  ]
}
