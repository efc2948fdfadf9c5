import { ConfigError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

const REQUIRED = ['user_id', 'no_agree']
const KNOWN = [...REQUIRED, 'pay_type', 'platform', 'generation', 'ref']

const refuse = (message: string): never => {
  throw new ConfigError('ERR_CONFIG_INVALID', message)
}

/**
 * Checks the names in the first line of a CSV file. One that is not known is refused: a `pay_type`
 * that is misspelt and left out would be another product.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkHeader(given: readonly string[]): string[] {
  const names = given.map((name) => name.trim())
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    refuse(
      `The first line of the CSV file must name its columns, separated by commas; ${missing.join(' and ')} is missing. There are ${KNOWN.join(', ')}.`,
    )
  }
  const place = names.findIndex((name) => !KNOWN.includes(name))
  if (place >= 0) {
    const nearest = findNearest(names[place] ?? '', KNOWN)
    refuse(
      `Column ${place + 1} of the CSV file has a name that is not known.${nearest === undefined ? '' : ` Did you mean ${nearest}?`} Take it out; there are ${KNOWN.join(', ')}.`,
    )
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) refuse(`The CSV file has the column ${twice} twice. Take one out.`)
  return names
}
