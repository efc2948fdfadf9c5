import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

import { isLLPayError } from '@llpay/core'
import { checkKeys, parseBaseUrl } from '@llpay/core/adapter'
import { inChinese } from '@llpay/core/errors/chinese'
import { startSandbox } from '@llpay/sandbox/node'

import { writeKeyPair } from '../commands/key-new.ts'
import { checkMerchant } from '../config/resolve-config.ts'
import { ask, isYes } from '../output/ask.ts'
import { t, type Phrase } from '../output/language.ts'
import type { Invocation } from '../program/command.ts'
import { DEFAULT_PORT } from '../sandbox/control-client.ts'
import { openGatewayKey, openPrivateKey } from './check-profile.ts'

/** What a profile is made of, by the names of the flags. */
export type Answers = Map<string, readonly string[]>

/** Typed in place of a merchant number: the profile is for a sandbox on this machine. */
const SANDBOX = 'sandbox'
const BITS = 2048

interface Question {
  readonly flag: string
  readonly question: Phrase
  readonly isFile?: boolean
  readonly isOptional?: boolean
  /** Throws an error of llpay for an answer that cannot be used. */
  accept(answer: string, invocation: Invocation, answers: Answers): Kept | Promise<Kept>
}

/** A path as a person types it, with `~` for the home folder. */
const resolvePath = (typed: string): string => resolve(typed.replace(/^~(?=$|[/\\])/, homedir()))

/** What is kept of an answer; `again` where another is asked for, `left` where the person left. */
type Kept = { readonly value: string } | 'again' | 'left'

/** Generates a key pair where a name is new, unless it was misspelt. */
async function offerPair(file: string, invocation: Invocation): Promise<Kept> {
  const { output, signal } = invocation
  const question = t(
    `${file} does not exist. Generate a key pair there?`,
    `${file} 不存在。在此生成密钥对？`,
  )
  const answer = await ask(`${output.say(question)} [y/N] `, signal)
  if (answer === undefined) return 'left'
  return isYes(answer) ? { value: newPair(file, invocation) } : 'again'
}

function newPair(file: string, { output }: Invocation): string {
  const pair = writeKeyPair(file, BITS)
  output.tell(
    'good',
    t('generated', '已生成'),
    t(
      `${pair.privateKeyFile} and ${pair.publicKeyFile}. Upload this public key in LianLian's merchant console:`,
      `${pair.privateKeyFile} 与 ${pair.publicKeyFile}。请把下面的公钥上传到连连支付商户站：`,
    ),
  )
  output.talk(pair.upload)
  return file
}

/** What is asked for, in this order. */
const QUESTIONS: readonly Question[] = [
  {
    flag: 'oid-partner',
    question: t(
      `Merchant number (oid_partner, 18 digits; "${SANDBOX}" without one): `,
      `商户号（oid_partner，18 位；没有则输入 ${SANDBOX} 试用）：`,
    ),
    accept(answer) {
      checkMerchant({ value: answer })
      return { value: answer }
    },
  },
  {
    flag: 'private-key',
    question: t(
      "Merchant's private key file (a new name generates a pair): ",
      '商户私钥文件（输入新文件名则生成密钥对）：',
    ),
    isFile: true,
    accept(answer, invocation) {
      const file = resolvePath(answer)
      if (!existsSync(file)) return offerPair(file, invocation)
      openPrivateKey(file, invocation.env)
      return { value: file }
    },
  },
  {
    flag: 'gateway-key',
    question: t("LianLian's public key file: ", '连连支付公钥文件：'),
    isFile: true,
    accept(answer, { env }, answers) {
      const file = resolvePath(answer)
      const key = openGatewayKey(file)
      const [privateFile] = answers.get('private-key') ?? []
      // A sandbox key is only wrong for LianLian itself, and the base URL is asked for later.
      if (privateFile !== undefined) {
        checkKeys(openPrivateKey(privateFile, env), [key], `http://127.0.0.1:${DEFAULT_PORT}`)
      }
      return { value: file }
    },
  },
  {
    flag: 'base-url',
    question: t(
      'Base URL (empty for LianLian, live): ',
      '网关地址 Base URL（留空为连连支付生产环境）：',
    ),
    isOptional: true,
    accept: (answer) => ({ value: parseBaseUrl(answer).href }),
  },
]

/** Says what is wrong with an answer, so that another can be given. */
function tellWrong(error: unknown, { output }: Invocation): void {
  if (!isLLPayError(error)) throw error
  const said = inChinese(error)
  // What a flag may name, standard input above all, no answer can.
  const hasHint = error.hint !== undefined && error.reason !== 'config.file-unreadable'
  output.tell(
    'bad',
    t('invalid', '无效'),
    hasHint
      ? t(`${error.message} ${error.hint}`, said.message + (said.hint ?? ''))
      : t(error.message, said.message),
  )
}

/** Asks one question until the answer can be used; `undefined` where the person left. */
async function askOne(
  question: Question,
  answers: Answers,
  invocation: Invocation,
): Promise<string | undefined> {
  const { output, signal } = invocation
  for (;;) {
    const typed = await ask(output.say(question.question), signal, {
      isFile: question.isFile === true,
    })
    const answer = typed?.trim()
    if (answer === undefined) return undefined
    if (answer === '' && question.isOptional === true) return ''
    if (answer === SANDBOX && question.flag === 'oid-partner') return SANDBOX
    if (answer === '') continue
    try {
      const kept = await question.accept(answer, invocation, answers)
      if (kept !== 'again') return kept === 'left' ? undefined : kept.value
    } catch (error) {
      tellWrong(error, invocation)
    }
  }
}

/** The profile of a sandbox that keeps its keys in a folder, which is made if it is not there. */
async function askSandbox(invocation: Invocation, answers: Answers): Promise<Answers | undefined> {
  const { output, signal } = invocation
  const question = t(
    'Folder for the keys of the sandbox (empty for llpay-sandbox): ',
    '沙箱密钥的文件夹（留空为 llpay-sandbox）：',
  )
  const typed = await ask(output.say(question), signal, { isFile: true })
  if (typed === undefined) return undefined
  const folder = resolvePath(typed.trim() === '' ? 'llpay-sandbox' : typed.trim())
  await using sandbox = await startSandbox({ port: 0, keys: folder })
  const { env } = sandbox
  output.tell(
    'good',
    t('next', '下一步'),
    t(`Start it with: llpay sandbox --keys ${folder}`, `启动：llpay sandbox --keys ${folder}`),
  )
  return new Map([
    ...answers,
    ['oid-partner', [env['LLPAY_OID_PARTNER'] ?? '']],
    ['private-key', [env['LLPAY_PRIVATE_KEY_FILE'] ?? '']],
    ['gateway-key', [env['LLPAY_GATEWAY_KEY_FILE'] ?? '']],
    ['base-url', [`http://127.0.0.1:${DEFAULT_PORT}`]],
  ])
}

/**
 * Asks for what is missing of a profile, and checks each answer as it is given.
 *
 * @returns `undefined` where the person left.
 */
export async function askProfile(
  given: Answers,
  invocation: Invocation,
): Promise<Answers | undefined> {
  const answers: Answers = new Map(given)
  for (const question of QUESTIONS) {
    if ((answers.get(question.flag) ?? []).length > 0) continue
    const answer = await askOne(question, answers, invocation)
    if (answer === undefined) return undefined
    if (answer === SANDBOX && question.flag === 'oid-partner') {
      return askSandbox(invocation, answers)
    }
    answers.set(question.flag, answer === '' ? [] : [answer])
  }
  return answers
}
