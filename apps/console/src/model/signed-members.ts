/** A member of a canonical string. */
export interface SignedMember {
  readonly name: string
  readonly value: string
}

/**
 * Splits a canonical string into its members. The names of the request's members decide where one
 * begins, since a value may hold `&` and `=`.
 */
export function splitCanonical(
  canonical: string,
  members: Readonly<Record<string, string>>,
): SignedMember[] {
  const rows: SignedMember[] = []
  let rest = canonical
  while (rest !== '') {
    const name = rest.slice(0, rest.indexOf('='))
    const value = members[name]
    const whole = `${name}=${value}`
    const isWhole = value !== undefined && (rest === whole || rest.startsWith(`${whole}&`))
    const cut = isWhole ? whole.length : nextMember(rest)
    rows.push({ name, value: rest.slice(name.length + 1, cut) })
    rest = rest.slice(cut + 1)
  }
  return rows
}

function nextMember(text: string): number {
  const found = text.search(/&[A-Za-z_][A-Za-z0-9_]*=/)
  return found === -1 ? text.length : found
}

/** Why a member is not a part of the signed text. */
export type LeftOut = 'signature' | 'empty'

/** The members that are not signed. */
export function leftOut(
  members: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly why: LeftOut }[] {
  return Object.entries(members).flatMap(([name, value]): { name: string; why: LeftOut }[] => {
    if (name === 'sign') return [{ name, why: 'signature' }]
    return value === '' ? [{ name, why: 'empty' }] : []
  })
}
