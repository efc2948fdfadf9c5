import type { Api, ParamsOf } from '../api/define-api.ts'
import { validateParams } from '../api/validate-params.ts'
import { encodeUtf8 } from '../encoding.ts'
import { SigningError } from '../errors/signing-error.ts'
import { ALGORITHMS } from '../signing/algorithms.ts'
import type { Signer } from '../signing/ports.ts'
import { signMembers } from '../signing/sign.ts'
import type { HttpRequest } from '../transport/port.ts'
import { endpointUrl } from './base-url.ts'
import { checkOidPartner } from './config.ts'

/** What a request needs apart from its parameters. */
export interface PrepareOptions {
  /** The merchant number that LianLian assigned: 18 digits. */
  readonly oidPartner: string
  /** Signs with the merchant's private key. */
  readonly signer: Signer
  /** The URL of a sandbox or a proxy, in place of LianLian's hosts. */
  readonly baseUrl?: string | undefined
}

/** A signed request, with what was signed. */
export interface PreparedRequest<A extends Api = Api> extends HttpRequest {
  /** The definition of the endpoint. */
  readonly api: A
  /** The members that were signed, without `sign`. */
  readonly members: Readonly<Record<string, string>>
  /** The text whose UTF-8 bytes were signed. */
  readonly canonical: string
}

const HEADERS = {
  'content-type': 'application/json;charset=utf-8',
  accept: 'application/json',
}

/**
 * Builds and signs a request without sending it. The bytes of `body` are the bytes to send.
 *
 * A signed request never expires: anyone who has it can send it, any number of times.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_INSECURE`.
 * @throws {SigningError} `ERR_SIGN_FAILED`, `ERR_ALGORITHM_UNSUPPORTED`.
 * @example
 * import { prepareRequest, type Signer } from '@llpay/core'
 * import { unbind } from '@llpay/core/apis/card'
 * declare const signer: Signer
 * const request = await prepareRequest(
 *   unbind,
 *   { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' },
 *   { oidPartner: '201304121000001004', signer },
 * )
 * console.log(request.canonical)
 */
export async function prepareRequest<A extends Api>(
  api: A,
  params: ParamsOf<A>,
  { oidPartner, signer, baseUrl }: PrepareOptions,
): Promise<PreparedRequest<A>> {
  checkOidPartner(oidPartner)
  const url = endpointUrl(api.host, api.path, baseUrl)
  const signType = signTypeFor(api, signer)
  const members = {
    oid_partner: oidPartner,
    ...validateParams(api, params),
    sign_type: signType,
  }
  const { canonical, sign } = await signMembers(members, signer)
  const body = encodeUtf8(JSON.stringify({ ...members, sign }))
  return { api, url, method: 'POST', headers: { ...HEADERS }, body, members, canonical }
}

function signTypeFor(api: Api, signer: Signer): string {
  const signType = ALGORITHMS[signer.algorithm]?.signType
  if (signType !== undefined && api.signTypes.includes(signType)) return signType
  const signTypes = api.signTypes.join(' or ')
  throw new SigningError('ERR_ALGORITHM_UNSUPPORTED', {
    reason: 'algorithm.wrong-sign-type',
    message: `${api.id} accepts only sign_type ${signTypes}, which this signer does not produce.`,
    hint: 'Create the signer for MD5withRSA.',
    params: { api: api.id, signTypes },
  })
}
