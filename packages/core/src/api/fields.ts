/** No `&` and `=`, no control characters, no halves of characters. */
const PLAIN = /^[^&=\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u

/** Text that goes into the signed string: user_id, no_agree, pay_type, platform. */
export const plainText = { max: 32, pattern: PLAIN } as const

/** Where a page of a list begins: the number of rows before it. */
export const offset = { pattern: /^(?:0|[1-9][0-9]{0,7})$/ } as const

/** A return code: four characters. */
export const retCode = { pattern: /^[0-9A-Z]{4}$/ } as const
