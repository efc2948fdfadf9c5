import { plainSign, plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import { prepareRequest } from './prepare-request.ts'
import { processReply } from './process-reply.ts'

const gateway = vectorKey('k1024')
const merchant = plainSigner(vectorKey('k2048').pkcs8Pem)
const verifier = plainVerifier(gateway.spkiPem)
const oidPartner = '201304121000001004'
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D', platform: 'p1' }
const request = await prepareRequest(unbind, params, { oidPartner, signer: merchant })
const done = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }

const read = (body: string) =>
  processReply(request, { status: 200, headers: {}, body: Buffer.from(body) }, { verifier })

const signed = (members: Record<string, string>) => withSign(members, gateway.pkcs8Pem)
const good = signed(done)
const sign = good['sign'] ?? ''
const text = JSON.stringify
const written = (members: string, canonical: string) =>
  `{${members},"sign":"${plainSign(canonical, gateway.pkcs8Pem)}"}`
const flipped = (sign.startsWith('A') ? 'B' : 'A') + sign.slice(1)
const unusedBits = sign.replace(/.=$/, (end) => (end === 'A=' ? 'B=' : 'C='))

const SIGNATURE: readonly (readonly [string, string, string])[] = [
  ['success without a sign', text(done), 'ERR_SIGNATURE_MISSING'],
  ['success with a sign of null', text({ ...done, sign: null }), 'ERR_SIGNATURE_MISSING'],
  ['success with an empty sign', text({ ...done, sign: '' }), 'ERR_SIGNATURE_MISSING'],
  ['success with Sign in capitals', text({ ...done, Sign: sign }), 'ERR_SIGNATURE_MISSING'],
  ['a text that was changed', text({ ...good, ret_msg: '交易成功!' }), 'ERR_SIGNATURE_INVALID'],
  [
    'a code that was changed',
    text({ ...signed({ ...done, ret_code: '3003' }), ret_code: '0000' }),
    'ERR_SIGNATURE_INVALID',
  ],
  ['a member that was added', text({ ...good, a: '1' }), 'ERR_SIGNATURE_INVALID'],
  ['a member that was taken away', text({ ...good, ret_msg: undefined }), 'ERR_SIGNATURE_INVALID'],
  ['a signature with a bit changed', text({ ...good, sign: flipped }), 'ERR_SIGNATURE_INVALID'],
  ['another key', text(withSign(done, vectorKey('k2048').pkcs8Pem)), 'ERR_SIGNATURE_INVALID'],
  [
    'a merchant key of the same size',
    text(withSign(done, vectorKey('k4096').pkcs8Pem)),
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'the signature of the request',
    Buffer.from(request.body).toString().replace('{', '{"ret_code":"0000",'),
    'ERR_SIGNATURE_INVALID',
  ],
  ['a sign that is a number', text({ ...done, sign: 1 }), 'ERR_SIGNATURE_INVALID'],
  ['a sign that is zero', text({ ...done, sign: 0 }), 'ERR_SIGNATURE_INVALID'],
  ['a sign that is false', text({ ...done, sign: false }), 'ERR_SIGNATURE_INVALID'],
  ['a sign that is true', text({ ...done, sign: true }), 'ERR_SIGNATURE_INVALID'],
  ['a sign in a list', text({ ...done, sign: [sign] }), 'ERR_SIGNATURE_INVALID'],
  ['an empty list as sign', text({ ...done, sign: [] }), 'ERR_SIGNATURE_INVALID'],
  ['an object as sign', text({ ...done, sign: { sign } }), 'ERR_SIGNATURE_INVALID'],
  ['a sign with blanks', text({ ...done, sign: ` ${sign}` }), 'ERR_SIGNATURE_INVALID'],
  ['a sign of a blank', text({ ...done, sign: ' ' }), 'ERR_SIGNATURE_INVALID'],
  ['a sign of line breaks', text({ ...done, sign: '\r\n' }), 'ERR_SIGNATURE_INVALID'],
  ['a sign with a tab', text({ ...done, sign: `${sign}\t` }), 'ERR_SIGNATURE_INVALID'],
  [
    'a sign in the alphabet for URLs',
    text({ ...done, sign: sign.replaceAll('+', '-').replaceAll('/', '_').replace(/^./, '-') }),
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'a sign without its padding',
    text({ ...done, sign: sign.replace(/=+$/, '') }),
    'ERR_SIGNATURE_INVALID',
  ],
  ['a sign with unused bits', text({ ...done, sign: unusedBits }), 'ERR_SIGNATURE_INVALID'],
  [
    'a sign with a byte more',
    text({
      ...done,
      sign: Buffer.concat([Buffer.from(sign, 'base64'), Buffer.of(0)]).toString('base64'),
    }),
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'a sign with a zero in front',
    text({
      ...done,
      sign: Buffer.concat([Buffer.of(0), Buffer.from(sign, 'base64')]).toString('base64'),
    }),
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'a sign in hexadecimal',
    text({ ...done, sign: Buffer.from(sign, 'base64').toString('hex') }),
    'ERR_SIGNATURE_INVALID',
  ],
  ['sign_type MD5', text(signed({ ...done, sign_type: 'MD5' })), 'ERR_SIGNATURE_WRONG_TYPE'],
  [
    'sign_type SHA256withRSA',
    text(signed({ ...done, sign_type: 'SHA256withRSA' })),
    'ERR_SIGNATURE_WRONG_TYPE',
  ],
  [
    'sign_type in small letters',
    text(signed({ ...done, sign_type: 'rsa' })),
    'ERR_SIGNATURE_WRONG_TYPE',
  ],
  [
    'a number as sign_type',
    written('"ret_code":"0000","sign_type":1', 'ret_code=0000&sign_type=1'),
    'ERR_SIGNATURE_WRONG_TYPE',
  ],
  ['a list as sign_type', text({ ...good, sign_type: ['RSA'] }), 'ERR_SIGNATURE_WRONG_TYPE'],
  [
    'numbers that were written again',
    written('"ret_code":"0000","fee":0.10', 'fee=0.1&ret_code=0000'),
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'members signed in another order',
    written('"ret_code":"0000","a":"1"', 'ret_code=0000&a=1'),
    'ERR_SIGNATURE_INVALID',
  ],
]

test.each(SIGNATURE)('does not believe %s', async (_, body, code) => {
  await expect(read(body)).rejects.toMatchObject({
    name: 'SignatureError',
    code,
    delivered: 'unknown',
    message: expect.stringContaining('may have been unbound'),
  })
})
