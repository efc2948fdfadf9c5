import type { SourceFile } from './source-file.ts'

/** Phrases that nobody says, and what to write instead. Documents are checked for more of them. */
const PHRASES: readonly (readonly [source: string, instead: string])[] = [
  ['unless told', '(default: X)'],
  ['told (?:once|twice|again)', 'reported'],
  ['mend(?:s|ed|ing)?', 'fix'],
  ['whoever', 'anyone who, or name them'],
  ["one's own", 'your own'],
  ['of which', 'another sentence'],
  ['(?<!there )(?:is|are) no (?!longer|more)', 'is not a'],
  ['so many', 'a number, or that many'],
  ['that of', 'name the thing again'],
  ['by way of', 'through'],
  ['stands? in the way', 'name the problem'],
  ['how-manieth', '1-based number'],
  ['somebody lies', 'the reply is forged'],
  ['anew', 'again'],
  ['under way', 'in flight'],
]

const PATTERNS = PHRASES.map(([source, instead]) => ({
  pattern: new RegExp(`\\b${source.replaceAll(' ', '[\\s*/]+')}\\b`, 'giu'),
  instead,
}))

/** Where a phrase stays, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'internal/checks/src/documents/retired-words.ts': 'it lists them',
  'internal/checks/src/documents/retired-words.test.ts': 'it tests that list',
  'internal/checks/src/structure/retired-phrases.ts': 'it lists them',
  'internal/mutations/src/': 'it quotes code',
  'internal/campaigns/src/kills/print-kills.ts': 'columns of a table that others compare',
}

const COMMENT = /\/\*[^]*?\*\/|(?<=^|[\s;{(,])\/\/[^\n]*/g
const TEXT = /'(?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*"/g

/** What people read in a source: its comments and texts. */
const readable = (text: string) => [...text.matchAll(COMMENT), ...text.matchAll(TEXT)]

/** Finds retired phrases in the comments and texts of sources. */
export function findRetiredPhrases(sources: readonly SourceFile[]): string[] {
  const checked = sources.filter(
    ({ path }) => !Object.keys(EXCEPTIONS).some((each) => path.startsWith(each)),
  )
  return checked.flatMap(({ path, text }) =>
    readable(text).flatMap(({ 0: part, index }) =>
      PATTERNS.flatMap(({ pattern, instead }) =>
        Array.from(part.matchAll(pattern), (match) => {
          const line = text.slice(0, index + match.index).split('\n').length
          return `${path}:${line}: "${match[0]}": write ${instead}`
        }),
      ),
    ),
  )
}
