import { ConfigError } from '@llpay/core'
import type { SandboxCard } from '@llpay/sandbox'

/** How a card is written as an argument. */
export const CARD_ARGUMENT = 'USER:AGREEMENT[:PAY_TYPE]'

/**
 * Reads a card as it is written on the command line: customer, agreement and product.
 *
 * @param where names the argument in the error.
 * @throws {ConfigError} `ERR_CONFIG_USAGE`.
 */
export function parseCard(text: string, where: string): SandboxCard {
  const [user_id = '', no_agree = '', pay_type, ...rest] = text.split(':')
  if (user_id === '' || no_agree === '' || pay_type === '' || rest.length > 0) {
    throw new ConfigError('ERR_CONFIG_USAGE', `${where} takes ${CARD_ARGUMENT}.`)
  }
  return { user_id, no_agree, ...(pay_type === undefined ? {} : { pay_type }) }
}
