import type { Member, Variation } from './variation.ts'

const join = (members: readonly Member[], separator = '&', equals = '=') =>
  members.map(({ name, text }) => name + equals + text).join(separator)

const toObject = (members: readonly Member[]) =>
  Object.fromEntries(members.map(({ name, text }) => [name, text]))

/** How the members are joined. */
export const JOINS: readonly Variation<(members: readonly Member[]) => string>[] = [
  { says: '', step: (members) => join(members) },
  {
    says: 'The signed text ends in &: there is none behind the last member.',
    step: (members) => `${join(members)}&`,
  },
  {
    says: 'The signed text begins with &: there is none before the first member.',
    step: (members) => `&${join(members)}`,
  },
  {
    says: 'The signed text begins with ?, as the query of an address does: remove it.',
    step: (members) => `?${join(members)}`,
  },
  ...['\n', '\r\n'].map((end) => ({
    says: 'The signed text ends in a line end: remove it.',
    step: (members: readonly Member[]) => join(members) + end,
  })),
  {
    says: 'The signed text ends in a blank: remove it.',
    step: (members) => `${join(members)} `,
  },
  {
    says: 'The signed text ends in &key=: that belongs to sign_type MD5, not to RSA.',
    step: (members) => `${join(members)}&key=`,
  },
  {
    says: 'The members were joined without &: put & between them.',
    step: (members) => join(members, ''),
  },
  ...[' & ', ',', ', ', ';', '|', '\n'].map((separator) => ({
    says: `The members were joined by ${JSON.stringify(separator)}: put & between them, and nothing else.`,
    step: (members: readonly Member[]) => join(members, separator),
  })),
  {
    says: 'Names and values were joined by a colon: sign name=value.',
    step: (members) => join(members, '&', ':'),
  },
  {
    says: 'Names and values were joined without =: sign name=value, with & between the members.',
    step: (members) => join(members, '', ''),
  },
  {
    says: 'Only the values were signed: sign name=value.',
    step: (members) => members.map(({ text }) => text).join(''),
  },
  {
    says: 'Only the values were signed, joined by &: sign name=value.',
    step: (members) => members.map(({ text }) => text).join('&'),
  },
  {
    says: 'The members were signed as JSON: sign them as name=value, joined by &.',
    step: (members) => JSON.stringify(toObject(members)),
  },
]
