/** The part of a long list that is in view. */
export interface RowWindow {
  /** The first row to draw, and the one behind the last. */
  readonly from: number
  readonly to: number
}

/** Rows that are drawn beyond what is in view, so that scrolling shows no gap. */
const MARGIN = 8

/** Chooses the rows to draw of a list whose rows are equally high. */
export function windowRows(view: {
  readonly count: number
  readonly rowHeight: number
  readonly scrollTop: number
  readonly height: number
}): RowWindow {
  const { count, rowHeight, scrollTop, height } = view
  const first = Math.floor(scrollTop / rowHeight) - MARGIN
  const last = Math.ceil((scrollTop + height) / rowHeight) + MARGIN
  return { from: Math.max(0, Math.min(first, count)), to: Math.max(0, Math.min(last, count)) }
}
