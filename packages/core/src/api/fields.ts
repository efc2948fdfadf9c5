import * as v from 'valibot'

/** No control characters, no halves of characters. */
const PLAIN = /^[^&=\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u

/** Text that goes into the signed string: no `&`, `=` or control characters, counted in characters. */
const plainText = (maxCharacters: number) =>
  v.pipe(v.string(), v.nonEmpty(), v.maxCodePoints(maxCharacters), v.regex(PLAIN))

/** The merchant's own key of a customer. */
export const userId = /* @__PURE__ */ v.pipe(
  plainText(32),
  v.description("The customer's id in the merchant's system, up to 32 characters"),
)

/** The token of a bound card. */
export const noAgree = /* @__PURE__ */ v.pipe(
  plainText(32),
  v.description('The agreement number that stands for the bound card, up to 32 characters'),
)

/**
 * The payment product that an agreement belongs to. The known values are documented, not enforced:
 * LianLian adds products without notice.
 */
export const payType = /* @__PURE__ */ v.pipe(
  plainText(32),
  v.description(
    'The product the card was bound for: 2 express debit (assumed when omitted), 3 express credit, D verified, P new verified, M easypay regular, F easypay pre-authorised',
  ),
)

/** The name under which several merchants share their customers. */
export const platform = /* @__PURE__ */ v.pipe(
  plainText(32),
  v.description(
    'Only for merchants that share customers with other oid_partner; else leave it out',
  ),
)

/** A return code: four characters. */
export const retCode = /* @__PURE__ */ v.pipe(v.string(), v.regex(/^[0-9A-Z]{4}$/))
