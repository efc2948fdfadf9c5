import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { join, resolve } from 'node:path'

import { ConfigError } from '@llpay/core'

import { generateSandboxPair, publicHalfOf, type PemPair } from './rsa-keys.ts'

const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700
const OTHERS = 0o077
const OTHERS_WRITE = 0o022

/** Windows has no modes to check. */
const HAS_MODES = process.platform !== 'win32'

/** The keys of a folder, and the files that a client needs. */
export interface KeyFolder {
  readonly merchant: PemPair
  readonly gateway: PemPair
  readonly merchantPrivateFile: string
  readonly gatewayPublicFile: string
}

const quote = (path: string) => `'${path.replaceAll("'", String.raw`'\''`)}'`

function refuse(problem: string, fix: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INSECURE', `${problem} Fix it with: ${fix}`)
}

function invalid(message: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', message)
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** Makes the folder if it is missing; only its owner may be able to write there. */
function openFolder(folder: string): void {
  const found = statOf(folder)
  if (found === undefined) {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
    return
  }
  if (found.isSymbolicLink()) {
    throw refuse(
      `The key folder ${folder} is a symbolic link, so another folder would be used.`,
      `name the folder that it leads to: readlink -f ${quote(folder)}`,
    )
  }
  if (!found.isDirectory()) {
    throw invalid(
      `${folder} is a file, and keys need a folder. Name a folder; it is made if missing.`,
    )
  }
  if (HAS_MODES && (found.mode & OTHERS_WRITE) !== 0) {
    throw refuse(`Others can write in the key folder ${folder}.`, `chmod 700 ${quote(folder)}`)
  }
}

/** Reads a key file that is safe to use; `undefined` where there is none. */
function readKeyFile(path: string, unsafe: number, chmod: string): string | undefined {
  const found = statOf(path)
  if (found === undefined) return undefined
  if (found.isSymbolicLink()) {
    throw refuse(
      `${path} is a symbolic link, so another file would be used.`,
      `cp --remove-destination "$(readlink -f ${quote(path)})" ${quote(path)}`,
    )
  }
  if (!found.isFile()) throw invalid(`${path} is not a file. Move it away; a key is made then.`)
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    if (HAS_MODES && (fstatSync(file).mode & unsafe) !== 0) {
      throw refuse(`Other users have access to ${path}.`, `chmod ${chmod} ${quote(path)}`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** Writes a file whole or not at all, and never over another one. */
function writeNewFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`
  rmSync(temporary, { force: true })
  const file = openSync(temporary, 'wx', OWNER_ONLY)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(temporary, path)
  } catch (error) {
    // Another sandbox was faster: its file counts.
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function deriveFrom(path: string, privateKey: string): string {
  try {
    return publicHalfOf(privateKey)
  } catch {
    throw invalid(`${path} is not an RSA private key in PEM. Move it away; a key is made then.`)
  }
}

const sameKey = (one: string, other: string) =>
  one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '')

/** Loads a pair; makes what is missing of it, and never overwrites what is there. */
async function openPair(folder: string, name: string): Promise<PemPair> {
  const privateFile = join(folder, `${name}-private.pem`)
  const publicFile = join(folder, `${name}-public.pem`)
  const read = () => ({
    privateKey: readKeyFile(privateFile, OTHERS, '600'),
    publicKey: readKeyFile(publicFile, OTHERS_WRITE, 'go-w'),
  })
  const found = read()
  if (found.privateKey === undefined) {
    if (found.publicKey !== undefined) {
      throw invalid(
        `${publicFile} has no ${name}-private.pem beside it, and is not overwritten. Put the private key there, or move the public one away: mv ${quote(publicFile)} ${quote(`${publicFile}.old`)}`,
      )
    }
    writeNewFile(privateFile, (await generateSandboxPair()).privateKey)
  }
  const { privateKey = '', publicKey } = read()
  const derived = deriveFrom(privateFile, privateKey)
  if (publicKey === undefined) writeNewFile(publicFile, derived)
  else if (!sameKey(publicKey, derived)) {
    throw invalid(
      `${publicFile} does not belong to ${name}-private.pem. Move it away, and it is derived again: mv ${quote(publicFile)} ${quote(`${publicFile}.old`)}`,
    )
  }
  return { privateKey, publicKey: derived }
}

/**
 * Opens the folder of a sandbox's keys, and makes what is missing.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE` for files and folders that others can use or that lead
 *   elsewhere, with the command that fixes it; `ERR_CONFIG_INVALID` for what is not a folder or a key.
 */
export async function openKeyFolder(named: string): Promise<KeyFolder> {
  const folder = resolve(named)
  try {
    openFolder(folder)
    return {
      merchant: await openPair(folder, 'merchant'),
      gateway: await openPair(folder, 'gateway'),
      merchantPrivateFile: join(folder, 'merchant-private.pem'),
      gatewayPublicFile: join(folder, 'gateway-public.pem'),
    }
  } catch (error) {
    const code = codeOf(error)
    if (error instanceof ConfigError || typeof code !== 'string') throw error
    throw invalid(
      `The key folder ${folder} cannot be used (${code}). Name one that you can write in.`,
    )
  }
}
