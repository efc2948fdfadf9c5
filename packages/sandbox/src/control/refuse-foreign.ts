import { ControlError } from './control-error.ts'

/** Where the control API lives. */
export const CONTROL_PREFIX = '/_sandbox/'

/** Decides by a Host header without its port whether a request is meant for this sandbox. */
export type HostRule = (name: string) => boolean

const HOST = /^(?<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?$/

/** The machine itself, by name or address. */
export const isLoopbackName: HostRule = (name) =>
  /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/i.test(name)

const isOwnOrigin = (origin: string, host: string | null) =>
  host !== null && origin.toLowerCase() === `http://${host.toLowerCase()}`

/**
 * Refuses what a foreign web page can send: a request with another page's Origin, and one whose Host
 * is a name that was made to lead here (DNS rebinding).
 *
 * @throws {ControlError} 403.
 */
export function refuseForeign(request: Request, pathname: string, allowHost?: HostRule): void {
  const host = request.headers.get('host')
  if (allowHost !== undefined) {
    const name = HOST.exec(host ?? '')?.groups?.['name']
    if (name === undefined || !allowHost(name)) {
      throw new ControlError(403, 'The sandbox does not serve this Host. Call it by its address.')
    }
  }
  const origin = request.headers.get('origin')
  const own = pathname.startsWith(CONTROL_PREFIX) && isOwnOrigin(origin ?? '', host)
  const site = request.headers.get('sec-fetch-site')
  if ((origin !== null && !own) || site === 'cross-site' || site === 'same-site') {
    throw new ControlError(403, 'The sandbox does not serve other web pages.')
  }
}
