import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainSigner } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { type Api, prepareRequest } from '@llpay/core'
import { catalogue, signMembers } from '@llpay/core/adapter'
import { SAMPLES, type Sample } from '@llpay/core/samples'

/** Every endpoint of the catalogue, by id. */
export function listApis(): Api[] {
  return Object.values(catalogue)
    .flatMap((group): Api[] => Object.values(group))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

/** The keys of the samples: public test keys, the merchant's and the gateway's. */
export const SAMPLE_KEYS = { merchant: 'k1024', gateway: 'k2048' } as const

/** The signed messages of a sample, as they travel. */
export interface SignedSample {
  readonly params: Readonly<Record<string, string>>
  readonly url: string
  readonly request: Readonly<Record<string, unknown>>
  readonly requestCanonical: string
  readonly reply: Readonly<Record<string, unknown>>
  readonly replyCanonical: string
}

/** Members of text only, without those that the signature does not cover. */
function signedMembers(api: Api, reply: object): Record<string, string> {
  const members: Record<string, string> = {}
  for (const [name, value] of Object.entries(reply)) {
    if (typeof value === 'string' && !api.unsignedFields.includes(name)) members[name] = value
  }
  return members
}

/** Signs the sample of an endpoint: the request as the merchant, the reply as the gateway. */
export async function signSample(api: Api): Promise<SignedSample> {
  const samples: Readonly<Record<string, Sample>> = SAMPLES
  const sample = samples[api.id]
  if (sample === undefined) throw new Error(`${api.id} has no sample`)
  const signer = plainSigner(vectorKey(SAMPLE_KEYS.merchant).pkcs8Pem)
  const gateway = plainSigner(vectorKey(SAMPLE_KEYS.gateway).pkcs8Pem)
  const prepared = await prepareRequest(api, sample.params, { oidPartner: OID_PARTNER, signer })
  const reply = { ret_code: api.success[0], ret_msg: '交易成功', ...sample.reply }
  const members = { ...signedMembers(api, reply), sign_type: 'RSA' }
  const { canonical, sign } = await signMembers(members, gateway)
  return {
    params: sample.params,
    url: prepared.url,
    request: JSON.parse(new TextDecoder().decode(prepared.body)),
    requestCanonical: prepared.canonical,
    reply: { ...reply, sign_type: 'RSA', sign },
    replyCanonical: canonical,
  }
}
