import { LEFT_OUT_REASONS, visible, type CanonicalSteps } from '@llpay/core/diagnose'

import { cut } from './wrap.ts'

const WIDTH = 66

/** The signed text, a member a line, so that no blank is lost where a line ends. */
function textRows(signed: CanonicalSteps['signed']): [string, string][] {
  const lines = signed.flatMap(({ name, text }, index) => {
    const member = `${index === 0 ? '' : '&'}${visible(name)}=${visible(text)}`
    return cut(member, WIDTH).map(visible)
  })
  return lines.map((line, index) => [index === 0 ? 'text' : '', line])
}

/** How a canonical string comes about, as rows of text. */
export function canonicalRows({ dropped, signed, bytes, md5 }: CanonicalSteps): [string, string][] {
  return [
    ...dropped.map(({ name, reason }, index): [string, string] => [
      index === 0 ? 'left out' : '',
      `${visible(name)}: ${LEFT_OUT_REASONS[reason].en}`,
    ]),
    ['signed', signed.map(({ name }) => visible(name)).join(', ')],
    ...textRows(signed),
    ['', `${bytes} bytes in UTF-8`],
    ['MD5', md5],
  ]
}

/** The same as plain data. */
export function canonicalFacts({ dropped, signed, canonical, bytes, md5 }: CanonicalSteps) {
  return {
    dropped: dropped.map(({ name, reason }) => ({ name, reason: LEFT_OUT_REASONS[reason].en })),
    signed: signed.map(({ name }) => name),
    canonical,
    bytes,
    md5,
  }
}
