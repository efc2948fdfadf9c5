import { report, type Question } from '@internal/testkit/report'
import { publicPackages } from '@internal/testkit/repository'

import { checkClocks } from './structure/clock-rules.ts'
import { FILE_RULES, checkModuleHeaders, findRetiredPhrases } from './structure/file-rules.ts'
import { findCircles, IMPORT_RULES } from './structure/import-rules.ts'
import { readSources } from './structure/source-file.ts'

const sources = readSources()
const published = sources.filter(({ path, test }) => path.startsWith('packages/') && !test)
const internal = sources.filter(({ path }) => /^(?:internal|bench)\//.test(path))

const questions: Question[] = [
  ...Object.entries(IMPORT_RULES).map(([name, rule]) => ({
    name,
    ask: () =>
      [...published, ...internal].flatMap((from) =>
        from.imports.flatMap((to) => {
          const problem = rule(from, to)
          return problem === undefined ? [] : [`${from.path} imports ${to}: ${problem}`]
        }),
      ),
  })),
  ...Object.entries(FILE_RULES).map(([name, rule]) => ({
    name,
    ask: () =>
      sources.flatMap((file) => {
        const problem = rule(file)
        return problem === undefined ? [] : [`${file.path} ${problem}`]
      }),
  })),
  {
    name: 'module headers and export maps agree',
    ask: () => checkModuleHeaders(publicPackages(), published),
  },
  { name: 'no outcome depends on the clock', ask: () => checkClocks(sources) },
  {
    name: 'no import is circular, type-only and dynamic ones included',
    ask: () => findCircles(sources.map(({ path }) => path)),
  },
  { name: 'no source has a retired phrase', ask: () => findRetiredPhrases(sources) },
  {
    name: 'the sources were found',
    ask: () => (published.length > 50 ? [] : [`only ${published.length} of them`]),
  },
]

await report('structure', questions)
