import type { Member, Variation } from './variation.ts'

type Compare = (left: Member, right: Member) => number

const pair = ({ name, text }: Member) => `${name}=${text}`

/** In which order the members stand. */
export const ORDERS: readonly Variation<Compare>[] = [
  { says: '', step: (left, right) => (left.name < right.name ? -1 : 1) },
  {
    says: 'The members were not sorted but signed in the order of the message: sort them by the bytes of their names.',
    step: () => 0,
  },
  {
    says: 'The members were sorted without regard to upper and lower case: sort them by the bytes of their names.',
    step: (left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1),
  },
  {
    says: 'The members were sorted downwards: sort them upwards by the bytes of their names.',
    step: (left, right) => (left.name < right.name ? 1 : -1),
  },
  {
    says: 'The members were sorted by their values: sort them by the bytes of their names.',
    step: (left, right) => (left.text < right.text ? -1 : 1),
  },
  {
    says: 'The members were sorted as name=value: sort them by the bytes of their names alone.',
    step: (left, right) => (pair(left) < pair(right) ? -1 : 1),
  },
]
