/** How a run stood when it had done a given number of cards. */
export interface Point {
  /** Cards that were done, by the growth of the ledger. */
  readonly cards: number
  /** Resident memory. */
  readonly mib: number
  /** CPU since the start, of all threads. */
  readonly cpuUs: number
}

/** A run over a given number of cards, as it was seen from outside. */
export interface ScaleRun {
  readonly count: number
  readonly seconds: number
  readonly ledgerMib: number
  readonly points: readonly Point[]
}

/** What is kept of a run: facts, and its course. */
export interface ScaleResult {
  readonly count: number
  readonly seconds: number
  readonly ledgerMib: number
  readonly usPerCard: number
  /** What the same call costs from a loop, measured before the run. */
  readonly usPerCall: number
  readonly peakMib: number
  readonly course: readonly { readonly cards: number; readonly mib: number; readonly us: number }[]
}

const POINTS = 50

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** The points of a course: the start, and then the first one in each fiftieth of the run. */
function thin(points: readonly Point[], count: number): Point[] {
  let next = 0
  return points.filter(({ cards }) => {
    if (cards < next) return false
    next = ((Math.floor((cards / count) * POINTS) + 1) / POINTS) * count
    return true
  })
}

/** What is kept of a run. */
export function summarize(run: ScaleRun, usPerCall: number): ScaleResult {
  const { count, seconds, ledgerMib, points } = run
  const kept = thin(points, count)
  const course = kept.slice(1).map(({ cards, mib, cpuUs }, index) => {
    const before = kept[index] ?? { cards: 0, cpuUs: 0 }
    return {
      cards,
      mib: round(mib, 0),
      us: round((cpuUs - before.cpuUs) / (cards - before.cards), 0),
    }
  })
  return {
    count,
    seconds: round(seconds, 1),
    ledgerMib: round(ledgerMib, 1),
    usPerCard: round((points.at(-1)?.cpuUs ?? 0) / count, 0),
    usPerCall: round(usPerCall, 0),
    peakMib: round(Math.max(...points.map(({ mib }) => mib)), 0),
    course,
  }
}
