import { resolve } from 'node:path'

import { ConfigError } from '@llpay/core'

import type { Invocation } from '../commands/command.ts'
import type { Profile } from '../config/profile.ts'
import { parsePayTypes } from '../config/resolve-config.ts'
import { ask, canAsk } from '../output/ask.ts'

interface Question {
  readonly flag: string
  readonly question: string
  readonly optional?: boolean
}

/** What is asked for, in this order. */
const QUESTIONS: readonly Question[] = [
  { flag: 'oid-partner', question: 'Merchant number (oid_partner, 18 digits): ' },
  { flag: 'private-key', question: "File with the merchant's private key: " },
  { flag: 'gateway-key', question: "File with LianLian's public key: " },
  { flag: 'base-url', question: 'Base URL (empty for LianLian itself): ', optional: true },
]

type Answers = ReadonlyMap<string, readonly string[]>

function missing(flags: readonly string[]): ConfigError {
  const names = flags.map((flag) => `--${flag}`).join(', ')
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    `A profile needs ${names} as well. Nothing was written.`,
  )
}

async function gather({ flags, output, signal }: Invocation): Promise<Answers> {
  const answers = new Map(QUESTIONS.map(({ flag }) => [flag, flags.values(flag)]))
  const open = QUESTIONS.filter(({ flag }) => flags.values(flag).length === 0)
  const needed = open.filter(({ optional }) => optional !== true)
  if (needed.length === 0) return answers
  if (output.json || !canAsk()) throw missing(needed.map(({ flag }) => flag))
  for (const { flag, question, optional } of open) {
    const answer = await ask(question, signal)
    const text = answer?.trim() ?? ''
    if (answer === undefined || (text === '' && optional !== true)) throw missing([flag])
    answers.set(flag, text === '' ? [] : [text])
  }
  return answers
}

function kindOf(given: string | undefined, baseUrl: string | undefined): Profile['kind'] {
  if (given === undefined) return baseUrl === undefined ? 'live' : 'test'
  if (given === 'test' || given === 'live') return given
  throw new ConfigError('ERR_CONFIG_INVALID', '--environment takes test or live.')
}

/**
 * Gathers what a profile holds from flags, and at a terminal from answers.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`.
 */
export async function gatherAnswers(name: string, invocation: Invocation): Promise<Profile> {
  const answers = await gather(invocation)
  const first = (flag: string) => answers.get(flag)?.[0]
  const baseUrl = first('base-url')
  const payTypes = invocation.flags.value('pay-types')
  return {
    name,
    kind: kindOf(invocation.flags.value('environment'), baseUrl),
    oidPartner: first('oid-partner') ?? '',
    privateKeyFile: resolve(first('private-key') ?? ''),
    gatewayKeyFiles: (answers.get('gateway-key') ?? []).map((file) => resolve(file)),
    baseUrl,
    payTypes: parsePayTypes(
      payTypes === undefined ? undefined : { value: payTypes, from: '--pay-types' },
    ),
  }
}
