import { homedir } from 'node:os'
import { join } from 'node:path'

import type { Environment } from './environment.ts'

const { platform } = process

/** Where the platform keeps the configuration of programs, by its name in Node.js. */
const FOLDERS: Readonly<Record<string, (env: Environment) => string>> = {
  darwin: () => join(homedir(), 'Library', 'Application Support'),
  win32: (env) => env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'),
}

const freedesktop = (env: Environment) => {
  const folder = env['XDG_CONFIG_HOME']
  return folder === undefined || folder === '' ? join(homedir(), '.config') : folder
}

/** The folder with llpay's profiles. */
export function configFolder(env: Environment): string {
  return join((FOLDERS[platform] ?? freedesktop)(env), 'llpay')
}
