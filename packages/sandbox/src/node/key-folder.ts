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

/** A problem in both languages, with the command or the step that fixes it. */
interface FolderProblem {
  readonly reason: string
  readonly message: string
  readonly hint: string
  readonly zh: { readonly message: string; readonly hint: string }
}

const insecure = (problem: FolderProblem, path: string) =>
  new ConfigError('ERR_CONFIG_INSECURE', { ...problem, params: { path } })

const invalid = (problem: FolderProblem, path: string) =>
  new ConfigError('ERR_CONFIG_INVALID', { ...problem, params: { path } })

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
    const command = `readlink -f ${quote(folder)}`
    const problem = {
      reason: 'sandbox.key-folder-link',
      message: `The key folder ${folder} is a symbolic link, so another folder would be used.`,
      hint: `Name the folder that it points to: ${command}`,
      zh: {
        message: `密钥文件夹 ${folder} 是符号链接，实际会使用另一个文件夹。`,
        hint: `请指定它指向的文件夹：${command}`,
      },
    }
    throw insecure(problem, folder)
  }
  if (!found.isDirectory()) {
    const problem = {
      reason: 'sandbox.key-folder-file',
      message: `${folder} is a file, but keys need a folder.`,
      hint: 'Name a folder; it is created if it does not exist.',
      zh: {
        message: `${folder} 是文件，而密钥需要文件夹。`,
        hint: '请指定文件夹；不存在时会创建。',
      },
    }
    throw invalid(problem, folder)
  }
  if (HAS_MODES && (found.mode & OTHERS_WRITE) !== 0) {
    const command = `chmod 700 ${quote(folder)}`
    const problem = {
      reason: 'sandbox.key-folder-open',
      message: `Other users can write to the key folder ${folder}.`,
      hint: `Fix it with: ${command}`,
      zh: { message: `其他用户可以写入密钥文件夹 ${folder}。`, hint: `运行：${command}` },
    }
    throw insecure(problem, folder)
  }
}

/** Reads a key file that is safe to use; `undefined` where there is none. */
function readKeyFile(path: string, unsafe: number, chmod: string): string | undefined {
  const found = statOf(path)
  if (found === undefined) return undefined
  if (found.isSymbolicLink()) {
    const command = `cp --remove-destination "$(readlink -f ${quote(path)})" ${quote(path)}`
    const problem = {
      reason: 'sandbox.key-file-link',
      message: `${path} is a symbolic link, so another file would be used.`,
      hint: `Fix it with: ${command}`,
      zh: { message: `${path} 是符号链接，实际会使用另一个文件。`, hint: `运行：${command}` },
    }
    throw insecure(problem, path)
  }
  if (!found.isFile()) {
    const problem = {
      reason: 'sandbox.key-file-kind',
      message: `${path} is not a file.`,
      hint: 'Move it away, and a new key is generated.',
      zh: { message: `${path} 不是文件。`, hint: '移走后会生成新密钥。' },
    }
    throw invalid(problem, path)
  }
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    if (HAS_MODES && (fstatSync(file).mode & unsafe) !== 0) {
      const command = `chmod ${chmod} ${quote(path)}`
      const problem = {
        reason: 'sandbox.key-file-open',
        message: `Other users have access to ${path}.`,
        hint: `Fix it with: ${command}`,
        zh: { message: `其他用户可以访问 ${path}。`, hint: `运行：${command}` },
      }
      throw insecure(problem, path)
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
    const problem = {
      reason: 'sandbox.key-file-content',
      message: `${path} is not an RSA private key in PEM.`,
      hint: 'Move it away, and a new key is generated.',
      zh: { message: `${path} 不是 PEM 格式的 RSA 私钥。`, hint: '移走后会生成新密钥。' },
    }
    throw invalid(problem, path)
  }
}

const sameKey = (one: string, other: string) =>
  one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '')

/** Loads a pair; makes what is missing of it, and never overwrites what is there. */
async function openPair(folder: string, name: string): Promise<PemPair> {
  const privateFile = join(folder, `${name}-private.pem`)
  const publicFile = join(folder, `${name}-public.pem`)
  const moveAway = `mv ${quote(publicFile)} ${quote(`${publicFile}.old`)}`
  const read = () => ({
    privateKey: readKeyFile(privateFile, OTHERS, '600'),
    publicKey: readKeyFile(publicFile, OTHERS_WRITE, 'go-w'),
  })
  const found = read()
  if (found.privateKey === undefined) {
    if (found.publicKey !== undefined) {
      const problem = {
        reason: 'sandbox.key-without-private',
        message: `${publicFile} has no ${name}-private.pem beside it, and is never overwritten.`,
        hint: `Put the private key there, or move the public one away: ${moveAway}`,
        zh: {
          message: `${publicFile} 旁没有 ${name}-private.pem，且不会被覆盖。`,
          hint: `请放入私钥，或移走公钥：${moveAway}`,
        },
      }
      throw invalid(problem, publicFile)
    }
    writeNewFile(privateFile, (await generateSandboxPair()).privateKey)
  }
  const { privateKey = '', publicKey } = read()
  const derived = deriveFrom(privateFile, privateKey)
  if (publicKey === undefined) writeNewFile(publicFile, derived)
  else if (!sameKey(publicKey, derived)) {
    const problem = {
      reason: 'sandbox.key-pair',
      message: `${publicFile} does not belong to ${name}-private.pem.`,
      hint: `Move it away, and it is derived again: ${moveAway}`,
      zh: {
        message: `${publicFile} 与 ${name}-private.pem 不是一对。`,
        hint: `移走后会重新导出：${moveAway}`,
      },
    }
    throw invalid(problem, publicFile)
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
    const problem = {
      reason: 'sandbox.key-folder-unusable',
      message: `The key folder ${folder} cannot be used (${code}).`,
      hint: 'Name one that you can write to.',
      zh: { message: `无法使用密钥文件夹 ${folder}（${code}）。`, hint: '请指定可写的文件夹。' },
    }
    throw invalid(problem, folder)
  }
}
