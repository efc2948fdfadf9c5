// Does what the documents say: compiles their TypeScript, runs their commands, compares their editions.
// Usage: documents.ts [FILE...], all documents by default.
import { report, type Question } from '@internal/testkit/report'

import { runReadmeExample, isVitestFile, runVitest, compileExamples } from './documents/examples.ts'
import {
  findDocuments,
  findExampleFiles,
  translationOf,
  readMarkdown,
  sameShape,
} from './documents/markdown.ts'
import { findProse, retiredWords } from './documents/retired-words.ts'
import { NOT_RUN, runDocument, shellStatements } from './documents/run-document.ts'
import { temporaryFolder } from './pack/tarball.ts'

const asked = process.argv.slice(2)
const all = findDocuments()
const documents = all.filter(({ path }) => asked.length === 0 || asked.includes(path))
const texts = new Map(all.map(({ path, text }) => [path, text]))

const blocksOf = (text: string, language: string) =>
  readMarkdown(text).blocks.filter((block) => block.language === language)

/** Files of an example that a guide shows whole: they are compiled and tested where they are. */
const shown = new Set(findExampleFiles())

const examples = documents.flatMap(({ path, text }) =>
  blocksOf(text, 'ts')
    .filter(({ code }) => !shown.has(code.trim()))
    .map(({ code, line }) => ({ source: `${path.replaceAll('/', '_')}-${line}`, code })),
)

const translations = documents.flatMap(({ path, text }): Question[] => {
  const translation = translationOf(path)
  if (translation === undefined) return []
  const other = texts.get(translation)
  return [
    {
      name: `${translation} is in step`,
      ask: () => (other === undefined ? ['it is missing'] : sameShape(text, other)),
    },
  ]
})

const tests = examples.filter(({ code, source }) => isVitestFile(code) && !source.includes('zh-CN'))

const skipped: string[] = []

// An edition in step has the same commands: they are run once.
const runs = documents
  .filter(({ path }) => !path.endsWith('.zh-CN.md'))
  .flatMap(({ path, text }): Question[] => {
    const statements = blocksOf(text, 'sh').flatMap(({ code }) => shellStatements(code))
    if (statements.length === 0) return []
    return [
      {
        name: `the ${statements.length} commands of ${path} do what it says`,
        async ask() {
          const { problems, skipped: notRun } = await runDocument(statements)
          skipped.push(...notRun)
          return problems
        },
      },
    ]
  })

await report('documents', [
  {
    name: `the ${examples.length} examples in TypeScript compile`,
    ask: () =>
      examples.length === 0 ? [] : compileExamples(temporaryFolder('documents'), examples),
  },
  ...(tests.length === 0
    ? []
    : [
        {
          name: `the tests of ${tests.map(({ source }) => source).join(', ')} pass`,
          ask: () => runVitest(tests),
        },
      ]),
  ...(texts.has('README.md') && documents.some(({ path }) => path === 'README.md')
    ? [
        {
          name: 'the example of README unbinds a card',
          ask: () =>
            runReadmeExample(blocksOf(texts.get('README.md') ?? '', 'ts').map(({ code }) => code)),
        },
      ]
    : []),
  ...translations,
  { name: 'no document has a retired wording', ask: () => retiredWords(findProse()) },
  ...runs,
  {
    name: 'only what is listed was not run',
    ask() {
      for (const command of skipped) {
        const why = NOT_RUN.find((each) => each.command.test(command))?.why
        console.log(`     not run: ${command.split('\n')[0]} (${why})`)
      }
      const stale = NOT_RUN.filter(({ command }) => !skipped.some((text) => command.test(text)))
      return asked.length > 0 ? [] : stale.map(({ command }) => `no document has ${command}`)
    },
  },
])
