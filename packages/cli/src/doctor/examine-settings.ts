import { isLLPayError } from '@llpay/core'
import { checkOidPartner, parseBaseUrl } from '@llpay/core/adapter'

import { isLive } from '../commands/confirm.ts'
import { keepApart, type Given, type Settings } from '../config/settings.ts'
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

/** What is wrong with a merchant number, without showing it. */
function miscounted({ value, from }: Given): string {
  const { length } = Array.from(value)
  if (length !== 18) return `What ${from} gives has ${length} characters.`
  return `What ${from} gives has something else than the digits 0 to 9 in it.`
}

function examineMerchant({ oidPartner }: Settings): Finding {
  const check = 'merchant'
  if (oidPartner === undefined) return broken(check, 'There is no merchant number.', MISSING)
  try {
    checkOidPartner(oidPartner.value)
    return fine(check, `${oidPartner.value}, from ${oidPartner.from}`)
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return problem(
      check,
      error,
      `${miscounted(oidPartner)} Copy it from LianLian's merchant console.`,
    )
  }
}

function examinePlace({ baseUrl, profile }: Settings): Finding {
  const check = 'calls go to'
  return attempt(check, () => {
    keepApart({ profile, baseUrl })
    if (baseUrl !== undefined && /\.htm\/?$/.test(baseUrl.value)) {
      return broken(
        check,
        'The base URL ends in the path of an endpoint.',
        'Leave that path away: llpay adds the one of each endpoint.',
      )
    }
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
