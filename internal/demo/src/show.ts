import { styleText } from 'node:util'

/** Whether the locale of the reader is Chinese, as the command line decides it. */
function isChinese(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? ''
  return /^zh(?:[-_.@]|$)/i.test(locale)
}

/** A text in the language of the reader. */
export const say = (en: string, zh: string): string => (isChinese(process.env) ? zh : en)

const WIDTH = 80
const LABEL = 18

/** How many columns a text takes: Chinese characters and punctuation take two. */
const widthOf = (text: string) => text.length + (text.match(/[\u2e80-\uffef]/g) ?? []).length

/** Prints the heading of a step. */
export function title(text: string): void {
  process.stdout.write(`\n${styleText('bold', text, { stream: process.stdout })}\n`)
}

/** How many characters of a text fit the columns; up to a blank, where there is one. */
function fitting(text: string, width: number): number {
  let end = 0
  while (end < text.length && widthOf(text.slice(0, end + 1)) <= width) end += 1
  const blank = text.lastIndexOf(' ', end)
  return blank > 0 ? blank : end
}

/** Breaks text into lines, at blanks where there are any. */
function fold(text: string, width: number): string[] {
  const lines: string[] = []
  let rest = text
  while (widthOf(rest) > width) {
    const end = fitting(rest, width)
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...lines, rest]
}

/** Prints one fact of a step, with its label in its own column. */
export function show(label: string, fact: unknown): void {
  const [first = '', ...rest] = fold(String(fact), WIDTH - LABEL - 2)
  const gap = ' '.repeat(Math.max(1, LABEL - widthOf(label)))
  process.stdout.write(`  ${label}${gap}${first}\n`)
  for (const line of rest) process.stdout.write(`  ${' '.repeat(LABEL)}${line}\n`)
}
