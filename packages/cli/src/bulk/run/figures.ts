const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A count with commas between thousands. */
export const showCount = (count: number): string => count.toLocaleString('en-US')

/** A duration in at most two units, such as `2 h 5 min`. */
export function showDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 1) return '<1 s'
  const [days, hours] = [Math.floor(whole / DAY), Math.floor((whole % DAY) / HOUR)]
  const minutes = Math.floor((whole % HOUR) / MINUTE)
  if (days > 0) return `${days} d ${hours} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${whole % MINUTE} s` : `${whole} s`
}
