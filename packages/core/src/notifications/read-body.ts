import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { readStream } from '../transport/body.ts'
import { badNotification } from './notification-errors.ts'
import { NOTIFICATION_LIMIT } from './read-notification.ts'

const consumed = () =>
  badNotification('ERR_REPLY_INVALID', {
    reason: 'notification.body-consumed',
    message:
      'The body of the request was read before llpay could, by a body parser or by your own code, so the notification cannot be verified.',
    hint: 'Register the notification route before the body parser (in Express: above app.use(express.json())), or exclude its path from it.',
  })

function isFormEncoded(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  return type.split(';', 1).join('').trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

/** The bytes of a request's body, and whether they are form-encoded. */
export async function readBody(
  request: Request,
  takesForms: boolean,
): Promise<{ body: Uint8Array; isForm: boolean }> {
  const isForm = isFormEncoded(request)
  if (isForm && !takesForms) {
    throw badNotification('ERR_REPLY_NOT_JSON', {
      reason: 'notification.form',
      message: 'The notification is form-encoded, and this handler reads JSON only.',
      hint: 'If LianLian sends your integration forms, as it does for older ones, set form: true.',
    })
  }
  if (request.bodyUsed || request.body?.locked === true) throw consumed()
  if (request.body === null) return { body: new Uint8Array(), isForm }
  try {
    return { body: await readStream(request.body, NOTIFICATION_LIMIT), isForm }
  } catch (error) {
    if (isLLPayError(error)) throw error
    throw badNotification('ERR_REPLY_INVALID', {
      reason: 'notification.cut-off',
      message: 'The body of the notification ended early: the connection was closed.',
      hint: 'LianLian repeats it. If this keeps happening, check the proxy in front of this server.',
    })
  }
}
