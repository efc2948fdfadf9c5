/** How a member of one signed text compares with the same member of another. */
export interface ComparedMember {
  readonly name: string
  readonly expected: string | undefined
  readonly signed: string | undefined
  readonly isSame: boolean
}

interface Member {
  readonly name: string
  readonly value: string
}

/** Lays the members that should have been signed beside those that were: those that differ first. */
export function compareMembers(
  expected: readonly Member[],
  signed: readonly Member[],
): ComparedMember[] {
  const left = new Map(expected.map(({ name, value }) => [name, value]))
  const right = new Map(signed.map(({ name, value }) => [name, value]))
  const names = [...new Set([...left.keys(), ...right.keys()])].toSorted()
  const rows = names.map((name) => ({
    name,
    expected: left.get(name),
    signed: right.get(name),
    isSame: left.get(name) === right.get(name),
  }))
  return [...rows.filter(({ isSame }) => !isSame), ...rows.filter(({ isSame }) => isSame)]
}
