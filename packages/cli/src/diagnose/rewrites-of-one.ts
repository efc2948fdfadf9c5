import type { Variation } from './variation.ts'

const SENT = 'sign what is sent.'
const isAmount = (text: string) => /^[0-9]{1,12}(?:\.[0-9]+)?$/.test(text)

/** Writes an amount in another way that is worth the same; what would have to be rounded stays. */
const amount =
  (decimals: number, factor = 1) =>
  (text: string) => {
    if (!isAmount(text)) return text
    const written = (Number(text) * factor).toFixed(decimals)
    return Math.abs(Number(written) - Number(text) * factor) < 1e-9 ? written : text
  }

/** What is done to one value alone, where it would make no sense for all. */
export const REWRITES_OF_ONE: readonly Variation<(text: string) => string>[] = [
  { says: `has a blank at its end in the signed text: ${SENT}`, step: (text) => `${text} ` },
  { says: `has a blank before it in the signed text: ${SENT}`, step: (text) => ` ${text}` },
  ...['\n', '\r\n'].map((end) => ({
    says: `has a line end behind it in the signed text: ${SENT}`,
    step: (text: string) => text + end,
  })),
  {
    says: `was signed with two decimals (210.00 for 210): ${SENT}`,
    step: amount(2),
  },
  {
    says: `was signed with one decimal (210.0 for 210): ${SENT}`,
    step: amount(1),
  },
  {
    says: `was signed in cents (21000 for 210.00): ${SENT}`,
    step: amount(0, 100),
  },
  {
    says: `was signed as a hundredth (2.10 for 210): ${SENT}`,
    step: amount(2, 0.01),
  },
  {
    says: `was signed as a date with dashes: ${SENT}`,
    step: (text) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
  },
  {
    says: `was signed as a time with dashes and colons: ${SENT}`,
    step: (text) => text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6'),
  },
  {
    says: `was signed without its dashes, colons and blanks: ${SENT}`,
    step: (text) =>
      /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?$/.test(text) ? text.replaceAll(/\D/g, '') : text,
  },
]
