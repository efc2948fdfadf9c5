import { ParameterError } from '../errors/parameter-error.ts'

const MONEY = /^(\d{1,12})(?:\.(\d{1,8}))?$/
const DECIMALS = 8

/** The amount in units of its last possible decimal; `undefined` for what is not an amount. */
function unitsOf(amount: string): bigint | undefined {
  const [, whole, decimals = ''] = (typeof amount === 'string' && MONEY.exec(amount)) || []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(DECIMALS, '0'))
}

/** Whether a text is an amount: up to 12 digits, and up to 8 decimals behind a point. */
export const isMoney = (amount: string): boolean => unitsOf(amount) !== undefined

/**
 * Compares two amounts as decimals: `49.9` equals `49.90`. Both are text, as LianLian sends them: up to 12
 * digits, and up to 8 decimals behind a point.
 *
 * @returns -1 if `a` is less than `b`, 1 if it is more, 0 if they are equal.
 * @throws {ParameterError} `ERR_PARAMETER_INVALID` for anything else, such as a number, a sign or `1,000`.
 * @example
 * import { compareMoney } from '@llpay/node'
 * console.log(compareMoney('49.9', '49.90')) // 0
 */
export function compareMoney(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [unitsOf(a), unitsOf(b)]
  if (left === undefined || right === undefined) {
    const path = left === undefined ? 'a' : 'b'
    throw new ParameterError(
      {
        reason: 'money.form',
        message:
          'An amount to compare must be text with up to 12 digits before the decimal point and up to 8 after it.',
        hint: 'Convert cents to yuan as text first, such as 4990 to 49.90.',
      },
      [{ path, rule: 'money' }],
    )
  }
  if (left === right) return 0
  return left < right ? -1 : 1
}
