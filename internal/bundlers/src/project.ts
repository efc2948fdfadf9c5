import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { unpackPackages } from '@internal/runtimes'

/** The settings of a program that unbinds one card. */
export type Settings = Readonly<Record<string, string>>

/** Runs a program to its end, and gives what it printed. */
export async function runProgram(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  settings: Settings,
): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, {
    cwd,
    env: { ...process.env, ...settings },
  })
  return stdout.trim()
}

const ROOT = resolve(import.meta.dirname, '../../..')
const CACHE = join(import.meta.dirname, '../.cache')

/** What a bundle is asked to do: unbind the card that the environment names, and print the outcome. */
const UNBIND = `
import { createClient } from '@llpay/node'

export async function unbind() {
  const { env } = process
  const client = createClient({
    oidPartner: env.LLPAY_OID_PARTNER,
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
    baseUrl: env.LLPAY_BASE_URL,
    settle: 'never',
  })
  const params = { user_id: '1234567', no_agree: env.NO_AGREE, pay_type: 'D' }
  try {
    return (await client.card.unbind(params)).outcome
  } catch (error) {
    return [error.code, error.message, String(error.cause)].join(' | ')
  }
}
`

const APP = `
import { unbind } from './unbind.js'

unbind().then((outcome) => console.log(outcome))
`

const NEXT: Readonly<Record<string, string>> = {
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(ROOT)} } }\n`,
  'app/layout.js': 'export default function Layout({ children }) {\n  return children\n}\n',
  'app/unbind/route.js': `
import { unbind } from '../../unbind.js'

export const dynamic = 'force-dynamic'

export async function GET() {
  return new Response(await unbind())
}
`,
}

/** An application that uses the packed packages and nothing of the workspace. */
export interface Project {
  readonly folder: string
  /** The module that unbinds when it is run. */
  readonly app: string
  /** Its own folder for what a bundler writes. */
  output(name: string): string
}

/**
 * Writes the application into a folder that is gone when the process ends. It lies in the repository,
 * since Next.js has to find itself above it.
 */
export function writeProject(): Project {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'project-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const packed = join(unpackPackages(['core', 'node']), 'node_modules')
  cpSync(packed, join(folder, 'node_modules'), { recursive: true, dereference: true })
  const files = {
    'package.json': '{ "private": true, "type": "module" }\n',
    'unbind.js': UNBIND,
    'app.js': APP,
    ...NEXT,
  }
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  const output = (name: string): string => {
    const made = join(folder, 'out', name)
    mkdirSync(made, { recursive: true })
    return made
  }
  return { folder, app: join(folder, 'app.js'), output }
}
