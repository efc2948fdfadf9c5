import type { Piece } from './read-message.ts'
import { REWRITES_OF_ONE } from './rewrites-of-one.ts'
import { REWRITES } from './rewrites.ts'
import type { Member, Variation } from './variation.ts'

type Selection = Variation<readonly Member[]>

const isPlain = ({ kind }: Piece) => kind !== 'array' && kind !== 'object'
const list = (members: readonly { readonly name: string }[]) =>
  members.map(({ name }) => name).join(', ')

function select(pieces: readonly Piece[], unsigned: readonly string[]): Member[] {
  return pieces.flatMap(({ name, text }) =>
    name === 'sign' || unsigned.includes(name) || text === null || text === ''
      ? []
      : [{ name, text }],
  )
}

/** Words that languages have for nothing. */
const NOTHING = ['null', 'None', 'undefined', 'NULL', 'nil']

const write = (pieces: readonly Piece[], word: string) =>
  pieces.map(({ name, text }) => ({ name, text: text ?? word }))

function kept(rest: readonly Piece[]): Selection[] {
  const empty = rest.filter(({ text }) => text === '')
  const nulls = rest.filter(({ text }) => text === null)
  const full = rest.filter(({ text }) => text !== '')
  const saysEmpty = `Empty members were kept in the signed text (${list(empty)}): members that are empty are left out.`
  const saysNull = (word: string) =>
    `Null members were signed as ${word} (${list(nulls)}): members that are null are left out.`
  const ofEmpty = {
    says: saysEmpty,
    step: write(
      rest.filter(({ text }) => text !== null),
      '',
    ),
  }
  const ofNull = [
    { says: saysNull('empty text'), step: write(full, '') },
    ...NOTHING.map((word) => ({
      says: saysNull(`the word ${word}`),
      step: write(full, word),
    })),
  ]
  const ofBoth = ['', ...NOTHING].map((word) => ({
    says: `Empty and null members were kept in the signed text (${list([...empty, ...nulls])}): they are left out.`,
    step: write(rest, word),
  }))
  if (empty.length === 0) return nulls.length === 0 ? [] : ofNull
  return nulls.length === 0 ? [ofEmpty] : [ofEmpty, ...ofNull, ...ofBoth]
}

function left(right: readonly Member[]): Selection[] {
  const without = (...names: readonly string[]) => right.filter(({ name }) => !names.includes(name))
  return right.flatMap(({ name }, index): Selection[] => {
    const says =
      name.trim() === 'sign_type'
        ? 'sign_type was left out of the signed text: it is part of it.'
        : `${name} was left out of the signed text: every member that is sent is signed. If LianLian made this message, its endpoint does not sign ${name}.`
    const both = right.slice(index + 1).map(({ name: other }) => ({
      says: `${name} and ${other} were left out of the signed text: every member that is sent is signed.`,
      step: without(name, other),
      cost: 2,
    }))
    return [{ says, step: without(name) }, ...both]
  })
}

/** One member rewritten, where more than one could be. */
function rewrittenOne(right: readonly Member[]): Selection[] {
  const ofAll = REWRITES.slice(1)
    .filter(({ of }) => of !== 'names')
    .filter(({ step }) => right.filter(({ text }) => step(text) !== text).length > 1)
    .map(({ says, step }) => ({ says: (name: string) => `In ${name} alone: ${says}`, step }))
  const ofOne = REWRITES_OF_ONE.map(({ says, step }) => ({
    says: (name: string) => `${name} ${says}`,
    step,
  }))
  return right.flatMap(({ name, text }, index) =>
    [...ofAll, ...ofOne].flatMap(({ says, step }) => {
      const changed = step(text)
      const member = { name, text: changed }
      return changed === text
        ? []
        : [{ says: says(name), step: right.with(index, member), cost: 2 }]
    }),
  )
}

/** What pay_type and sign_type may have been. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  pay_type: ['2', '3', 'D', 'P', 'M', 'N', 'F', '1', '27'],
  sign_type: ['RSA', 'MD5', 'SHA256withRSA', 'rsa'],
}

function otherValues(right: readonly Member[]): Selection[] {
  return Object.entries(VALUES).flatMap(([name, values]) => {
    const isThere = right.some((member) => member.name === name)
    const rest = right.filter((member) => member.name !== name)
    return values.map((text) => ({
      says: isThere
        ? `${name} was ${text} when the message was signed, and is another now: send what is signed.`
        : `The text was signed with ${name}=${text} in it, but the message has no member ${name}: send it too.`,
      step: [...rest, { name, text }],
      ...(name === 'sign_type' && text === 'RSA' ? {} : { cost: 2 }),
    }))
  })
}

/** Members that were signed as nothing, and not sent at all. */
function unsent(right: readonly Member[], known: readonly string[]): Selection[] {
  const absent = known.filter(
    (name) => name !== 'sign' && !right.some((member) => member.name === name),
  )
  return ['', ...NOTHING].flatMap((text) =>
    absent.map((name) => ({
      says: `The text was signed with ${name}=${text} in it, but the message has no ${name}: what is empty is left out of both.`,
      step: [...right, { name, text }],
      cost: 2,
    })),
  )
}

/**
 * Which members go into the text.
 *
 * @param known - The names that members of any message may have.
 */
export function selections(
  pieces: readonly Piece[],
  unsigned: readonly string[],
  known: readonly string[],
): Selection[] {
  const right = select(pieces, unsigned)
  const rest = pieces.filter(({ name }) => name !== 'sign')
  const unsignedOnes = rest.filter(({ name }) => unsigned.includes(name))
  const nested = rest.filter((piece) => !isPlain(piece) && !unsigned.includes(piece.name))
  return [
    { says: '', step: right },
    ...kept(rest.filter(({ name }) => !unsigned.includes(name))),
    ...(unsignedOnes.length > 0
      ? [
          {
            says: `${list(unsignedOnes)} was signed as JSON text: LianLian leaves it out of the signature.`,
            step: select(pieces, []),
          },
        ]
      : []),
    ...nested.map(({ name }) => ({
      says: `${name} holds an object or a list, and was left out: send it as text, or give --api.`,
      step: right.filter((member) => member.name !== name),
    })),
    {
      says: 'sign was kept in the signed text, as an empty member: leave it out, name and all.',
      step: [...right, { name: 'sign', text: '' }],
    },
    ...left(right),
    ...otherValues(right),
    ...unsent(right, known),
    ...rewrittenOne(right),
  ]
}
