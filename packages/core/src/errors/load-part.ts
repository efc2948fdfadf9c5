import { ConfigError } from './config-error.ts'
import { isLLPayError } from './is-ll-pay-error.ts'

/** Long enough for the first line of a module loader's message. */
const MAX_CAUSE = 200

/**
 * The error for a part of llpay that cannot be loaded: a bundle lacks a file, or was built for another
 * kind of module. A loader's message is about modules, never about a request or a key.
 */
function partNotLoaded(part: string, cause: unknown): ConfigError {
  const said =
    cause instanceof Error ? cause.message.split('\n', 1).join('').slice(0, MAX_CAUSE) : ''
  const loader = said.replace(/\.$/, '')
  return new ConfigError(
    'ERR_CONFIG_RUNTIME',
    {
      reason: 'config.part-not-loaded',
      message: `${part} of llpay cannot be loaded in this runtime, or as it was bundled. Nothing was sent. ${loader === '' ? 'The loader gives no reason.' : `The loader says: ${loader}.`}`,
      hint: 'Deploy every file that the bundler wrote, from one build, or leave @llpay/* out of the bundle (external) and install it where the program runs.',
      params: { part, loader: loader === '' ? 'no reason given' : loader },
    },
    { cause },
  )
}

/**
 * Loads a part of llpay on demand, before anything is sent.
 *
 * @throws {ConfigError} `ERR_CONFIG_RUNTIME` if it cannot be loaded, with the loader's error as `cause`.
 */
export async function loadPart<T>(part: string, load: () => T | Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw isLLPayError(error) ? error : partNotLoaded(part, error)
  }
}
