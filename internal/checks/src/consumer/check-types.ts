import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Question } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import { runTool } from '../pack/tarball.ts'
import { entryNames, type Consumer } from './check-use.ts'

interface Setting {
  readonly lib: readonly string[]
  readonly types: readonly string[]
  readonly moduleResolution?: 'bundler'
  /** The packages that are for such a project. */
  readonly packages: readonly string[]
}

const PORTABLE = ['core', 'edge', 'sandbox']

const SETTINGS: Readonly<Record<string, Setting>> = {
  node: { lib: ['es2023'], types: ['node'], packages: [...PORTABLE, 'node'] },
  'node-bundled': {
    lib: ['es2023'],
    types: ['node'],
    moduleResolution: 'bundler',
    packages: [...PORTABLE, 'node'],
  },
  dom: { lib: ['es2023', 'dom'], types: [], packages: PORTABLE },
  webworker: { lib: ['es2023', 'webworker'], types: [], packages: PORTABLE },
}

function compilerOptions({ lib, moduleResolution, types }: Setting): Record<string, unknown> {
  return {
    lib,
    types,
    target: 'es2023',
    module: moduleResolution === undefined ? 'nodenext' : 'esnext',
    moduleResolution: moduleResolution ?? 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  }
}

/** What a merchant's server would hold; an `any` among our types would let the wrong line pass. */
const NODE_PROGRAM = `
import { createClient, isLLPayError, RejectedError } from '@llpay/node'
const client = createClient({
  oidPartner: '201304121000001004',
  privateKey: 'pem',
  gatewayPublicKey: ['pem', 'pem'],
})
try {
  const result = await client.card.unbind({ user_id: '1', no_agree: '2', pay_type: 'D' })
  const outcome: 'unbound' = result.outcome
  const code: string | undefined = result.reply?.fields.ret_code
  // @ts-expect-error the evidence is none of these
  const wrong: 'hearsay' = result.evidence
  // @ts-expect-error an agreement is needed
  await client.card.unbind({ user_id: '1' })
  void [outcome, code, wrong]
} catch (error) {
  if (isLLPayError(error)) void error.delivered
  if (error instanceof RejectedError) void error.returnCode
}
export {}
`

/** A subpath `./node` of a portable package is for projects that have Node's types. */
function importAll(consumer: Consumer, { packages: ids, types }: Setting): string {
  const hasNode = types.includes('node')
  return consumer.packages
    .filter(({ id }) => ids.includes(id))
    .flatMap(entryNames)
    .filter((name) => hasNode || !name.endsWith('/node'))
    .map((name, index) => `import * as entry${index} from '${name}'\nvoid entry${index}\n`)
    .join('')
}

/** Compiles a consumer of every kind, declarations included. */
export function askTypes(consumer: Consumer): Question[] {
  return Object.entries(SETTINGS).map(([name, setting]) => ({
    name: `types compile for ${name}`,
    ask: () => {
      const folder = join(consumer.folder, 'types', name)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'entries.ts'), importAll(consumer, setting))
      if (setting.packages.includes('node')) writeFileSync(join(folder, 'main.ts'), NODE_PROGRAM)
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: compilerOptions(setting), include: ['*.ts'] }),
      )
      const { ok, output } = runTool(['tsc', '-p', folder], ROOT)
      return ok ? [] : [output]
    },
  }))
}
