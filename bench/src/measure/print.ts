import { ratioToLimit, valueOf, type Group } from './result.ts'

const NAME = 34

const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0)
const times = (value: number, base: number | undefined) =>
  base === undefined || base === 0 ? '' : (value / base).toFixed(2)

/** A table as lines of text: the value of each row, and how many times the limit and ours it is. */
export function tableOf(group: Group): string[] {
  const { title, unit, rows, goal } = group
  const [ours, limit] = [valueOf(group, 'ours'), valueOf(group, 'limit')]
  const ratio = ratioToLimit(group)
  const wanted =
    goal === undefined
      ? ''
      : `; goal ${goal}${ratio === undefined || ratio <= goal ? '' : ', missed'}`
  return [
    `${title} (${unit}${wanted})`,
    `  ${''.padEnd(NAME)}${'median'.padStart(10)}${'x limit'.padStart(10)}${'x ours'.padStart(10)}`,
    ...rows.map(({ name, role, value }) => {
      const shown = value.toFixed(digits(value)).padStart(10)
      const ratios = [times(value, limit), role === 'limit' ? '' : times(value, ours)]
      return `  ${name.padEnd(NAME)}${shown}${ratios.map((text) => text.padStart(10)).join('')}`.trimEnd()
    }),
  ]
}
