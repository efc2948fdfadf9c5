import { ConfigError, ParameterError } from '@llpay/core'
import { catalogue, describeIssue, validateParams } from '@llpay/core/adapter'
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
  const card = { user_id, no_agree, ...(pay_type === undefined ? {} : { pay_type }) }
  checkCard(card, where)
  return card
}

/** Refuses a card that no client would name. */
function checkCard(card: SandboxCard, where: string): void {
  try {
    validateParams(catalogue.card.unbind, card)
  } catch (error) {
    const issue = error instanceof ParameterError ? error.issues[0] : undefined
    if (issue === undefined) throw error
    const problem = describeIssue(catalogue.card.unbind, issue)
    throw new ConfigError('ERR_CONFIG_USAGE', `${where} is not valid: ${problem}.`)
  }
}
