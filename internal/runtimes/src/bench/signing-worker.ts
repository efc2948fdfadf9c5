import { createSigner } from '@llpay/edge'

interface Secrets {
  readonly LLPAY_PRIVATE_KEY: string
}

const BACKENDS = ['webcrypto', 'node', 'bigint'] as const
const MESSAGE = new TextEncoder().encode('sign_type=RSA&user_id=1234567')

/** Signs as often as its URL says, with the backend that it names: `/bigint/20`. */
export const worker = {
  async fetch(request: Request, env: Secrets): Promise<Response> {
    const [name, count] = new URL(request.url).pathname.slice(1).split('/')
    const backend = BACKENDS.find((each) => each === name)
    if (backend === undefined) return new Response('nothing')
    const signer = await createSigner(env.LLPAY_PRIVATE_KEY, 'MD5withRSA', {
      backend,
      allowBigIntSigning: true,
    })
    for (let left = Number(count); left > 0; left -= 1) await signer.sign(MESSAGE)
    return new Response('signed')
  },
}
