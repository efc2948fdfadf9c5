const two = (value: number) => String(value).padStart(2, '0')

/** The time of day of an instant, in the browser's time zone. */
export function clockTime(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The same with milliseconds. */
export const exactTime = (at: number): string =>
  `${clockTime(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`

/** A duration, short enough for a column. */
export function duration(milliseconds: number): string {
  const rounded = Math.round(milliseconds)
  return rounded < 1000 ? `${rounded} ms` : `${(rounded / 1000).toFixed(1)} s`
}

/** How long something is still good for: minutes and seconds. */
export function remaining(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}
