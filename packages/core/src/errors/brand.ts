/** Marks every llpay error, so that it is recognised across two copies of a package. */
export const ERROR_BRAND: unique symbol = /* @__PURE__ */ Symbol.for('llpay.error')
