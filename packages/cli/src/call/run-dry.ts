import { prepareRequest, type Api } from '@llpay/core'
import { checkKeys } from '@llpay/core/adapter'
import { createSigner } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { escapeText } from '../output/escape.ts'
import { t } from '../output/language.ts'
import type { Invocation } from '../program/command.ts'

/** Prints the exact request that a call would send, and sends nothing. */
export async function runDry(
  api: Api,
  params: Readonly<Record<string, unknown>>,
  { oidPartner, privateKey, gatewayKeys, baseUrl }: CliConfig,
  { output }: Invocation,
): Promise<number> {
  checkKeys(privateKey, gatewayKeys, baseUrl)
  const signer = await createSigner(privateKey, 'MD5withRSA')
  const request = await prepareRequest(api, params, { oidPartner, signer, baseUrl })
  const { url, method, headers, canonical } = request
  const body = Buffer.from(request.body).toString()
  if (output.json) {
    output.object({ ok: true, dryRun: true, api: api.id, url, method, headers, canonical, body })
  } else {
    output.line(`${method} ${url}`)
    for (const [name, value] of Object.entries(headers)) output.line(`${name}: ${value}`)
    output.line('')
    output.line(body)
    output.line('')
    output.line(t(`canonical  ${escapeText(canonical)}`, `待签名串   ${escapeText(canonical)}`))
  }
  output.tell(
    'careful',
    t('warning', '警告'),
    t(
      'Nothing was sent. A signed request never expires: anyone who has this one can send it. Keep it as you keep a key.',
      '未发出任何请求。签名后的请求永不过期：拿到它的人都能发送，请像密钥一样保管。',
    ),
  )
  return 0
}
