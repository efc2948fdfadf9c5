import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

import { windowRows, type RowWindow } from '../model/window-rows.ts'

/** What a windowed list needs to draw itself. */
export interface VirtualRows extends RowWindow {
  readonly container: { current: HTMLDivElement | null }
  readonly totalHeight: number
  readonly onScroll: () => void
  /** Brings a row into view. */
  readonly reveal: (index: number) => void
}

/**
 * Draws only the rows of a list that are in view. Rows that arrive above what somebody reads do not
 * move it.
 */
export function useVirtualRows(keys: readonly string[], rowHeight: number): VirtualRows {
  const container = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ scrollTop: 0, height: 600 })
  const anchor = useRef<{ key: string; offset: number } | undefined>(undefined)

  const measure = () => {
    const element = container.current
    if (element === null) return
    const { scrollTop, clientHeight: height } = element
    const first = Math.floor(scrollTop / rowHeight)
    const key = keys[first]
    anchor.current =
      scrollTop === 0 || key === undefined
        ? undefined
        : { key, offset: scrollTop - first * rowHeight }
    setView((before) =>
      before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
    )
  }

  useLayoutEffect(() => {
    const element = container.current
    const kept = anchor.current
    if (element === null || kept === undefined) return
    const index = keys.indexOf(kept.key)
    if (index === -1) return
    const wanted = index * rowHeight + kept.offset
    if (Math.abs(element.scrollTop - wanted) >= 1) element.scrollTop = wanted
  }, [keys, rowHeight])

  useEffect(() => {
    const element = container.current
    if (element === null) return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [keys.length === 0])

  return {
    container,
    totalHeight: keys.length * rowHeight,
    ...windowRows({ count: keys.length, rowHeight, ...view }),
    onScroll: measure,
    reveal(index) {
      const element = container.current
      if (element === null || index < 0) return
      const top = index * rowHeight
      const { scrollTop, clientHeight } = element
      if (top < scrollTop) element.scrollTop = top
      else if (top + rowHeight > scrollTop + clientHeight) {
        element.scrollTop = top + rowHeight - clientHeight
      }
    },
  }
}
