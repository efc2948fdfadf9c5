/** A version as comparable numbers: major, minor, patch. */
export type Version = readonly [number, number, number]

type Bound = (version: Version) => boolean

const COMPARATOR =
  /^(?<operator>>=|<=|>|<|=|\^|~|)v?(?<major>\d+)(?:\.(?<minor>\d+|[x*]))?(?:\.(?<patch>\d+|[x*]))?$/

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text)

/** A comparator stands for the versions from `low` to below `high`: `20.19` for 20.19.0 to 20.20.0. */
const BOUNDS: Readonly<Record<string, (low: Version, high: Version) => Bound>> = {
  '': (low, high) => (version) => compare(version, low) >= 0 && compare(version, high) < 0,
  '=': (low, high) => (version) => compare(version, low) >= 0 && compare(version, high) < 0,
  '>=': (low) => (version) => compare(version, low) >= 0,
  '>': (_low, high) => (version) => compare(version, high) >= 0,
  '<': (low) => (version) => compare(version, low) < 0,
  '<=': (_low, high) => (version) => compare(version, high) < 0,
  '^': (low) => (version) => compare(version, low) >= 0 && version[0] === low[0],
  '~': (low, high) => (version) =>
    compare(version, low) >= 0 && version[0] === low[0] && compare(version, tilde(low, high)) < 0,
}

/** `~1` reaches to 2.0.0, `~1.2` and `~1.2.3` to 1.3.0. */
function tilde(low: Version, high: Version): Version {
  return high[0] > low[0] ? high : [low[0], low[1] + 1, 0]
}

function readComparator(text: string): Bound {
  if (text === '*' || text === 'x') return () => true
  const { major, minor, operator = '', patch } = COMPARATOR.exec(text)?.groups ?? {}
  const bound = BOUNDS[operator]
  // A caret means something else below 1.0.0, where Node has not been for long.
  if (major === undefined || bound === undefined || (operator === '^' && major === '0')) {
    throw new Error(`cannot read the range "${text}"`)
  }
  const low: Version = [
    Number(major),
    isNumber(minor) ? Number(minor) : 0,
    isNumber(minor) && isNumber(patch) ? Number(patch) : 0,
  ]
  if (!isNumber(minor)) return bound(low, [low[0] + 1, 0, 0])
  if (!isNumber(patch)) return bound(low, [low[0], low[1] + 1, 0])
  return bound(low, [low[0], low[1], low[2] + 1])
}

/**
 * Tells whether a version lies in a range of npm's grammar, for releases only.
 *
 * @throws Error for a range that it cannot read, a hyphen range included.
 */
export function inRange(version: Version, range: string): boolean {
  return range.split('||').some((part) => {
    const text = part.trim().replaceAll(/(?<=[<>=^~])\s+/g, '')
    const bounds = (text === '' ? '*' : text).split(/\s+/).map(readComparator)
    return bounds.every((bound) => bound(version))
  })
}
