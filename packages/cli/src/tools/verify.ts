import { ConfigError, isLLPayError, LLPayError, SignatureError, type Api } from '@llpay/core'
import {
  catalogue,
  refuseAmbiguous,
  requirePlainNames,
  requireSignType,
  verifyMembers,
} from '@llpay/core/adapter'
import { isSandboxKey, parsePublicKey } from '@llpay/core/keys'
import { createVerifier } from '@llpay/node'

import { PROFILE_FLAG } from '../args/flag.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { readSource, type Source } from '../config/read-secret.ts'
import { gatherSettings } from '../config/settings.ts'
import { describeMessage } from '../diagnose/describe-message.ts'
import { diagnose, type Evidence, type NamedKey } from '../diagnose/diagnose.ts'
import { lintMessage, listRefusals } from '../diagnose/lint-message.ts'
import { readMessage } from '../diagnose/read-message.ts'
import { EXIT } from '../exit-code.ts'
import { PUBLISHED_KEY } from '../keys/published-key.ts'
import { readAnyKey } from '../keys/read-any-key.ts'
import { printVerdict, type Verdict } from '../output/print-verdict.ts'

const PASSPHRASE = 'LLPAY_PRIVATE_KEY_PASSPHRASE'

function listApis(): Api[] {
  return Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
}

/** The members that an endpoint does not sign; those of every endpoint where none is named. */
function unsignedFields(id: string | undefined): readonly string[] {
  const apis = listApis()
  if (id === undefined) return apis.flatMap((api) => api.unsignedFields)
  const api = apis.find((each) => each.id === id)
  if (api !== undefined) return api.unsignedFields
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `--api takes one of ${apis.map((each) => each.id).join(', ')}.`,
  )
}

function readKeys({ flags, env }: Invocation): NamedKey[] {
  const files = ['key', 'gateway-key'].flatMap((name) =>
    flags.values(name).map((file): Source => ({ name: `--${name}`, file })),
  )
  const sources = files.length > 0 ? files : gatherSettings(flags, env).gatewayKeys
  if (sources.length === 0) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      "The key to verify with is missing. Give --key FILE: LianLian's public key for an answer, your own public or private key for a request.",
    )
  }
  return sources.map((source) => ({
    name: source.name,
    key: readAnyKey(readSource(source), env[PASSPHRASE]),
  }))
}

/** Keys that are often taken for the right one. */
function readOthers({ flags, env }: Invocation): Evidence['others'] {
  const published = {
    name: 'the key that LianLian publishes with its samples',
    key: parsePublicKey(PUBLISHED_KEY),
    says: "The signature was made with the key that LianLian publishes with its samples: the message is LianLian's, and the key that was given is not the one that it signs with.",
  }
  const { privateKey } = gatherSettings(flags, env)
  if (privateKey === undefined) return [published]
  const key = readAnyKey(readSource(privateKey), env[PASSPHRASE])
  const sandbox = isSandboxKey(key) ? ' That key was made for a sandbox.' : ''
  const own = {
    name: "the merchant's own key",
    key,
    says: `The signature was made with the merchant's own private key: this is a request of your own, not an answer of LianLian's.${sandbox}`,
  }
  return [own, published]
}

/** The error of a message that the client would refuse; none for one that verifies. */
async function findError(evidence: Evidence): Promise<LLPayError | undefined> {
  const { read, keys, unsigned } = evidence
  try {
    const verifiers = await Promise.all(
      keys.map(({ key }) => createVerifier(key.spki, 'MD5withRSA')),
    )
    requireSignType(read.message, verifiers)
    const members = await verifyMembers(read.message, { verifiers, unsignedFields: unsigned })
    requirePlainNames(read.message.members.keys())
    refuseAmbiguous(members)
    if (read.charset === 'UTF-8') return undefined
    return new SignatureError('ERR_SIGNATURE_INVALID', 'The message is not UTF-8.', {
      delivered: 'no',
    })
  } catch (error) {
    if (error instanceof LLPayError || isLLPayError(error)) return error
    throw error
  }
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const read = readMessage(readFile(flags.args[0] ?? '-', 'The message'))
  const trueFile = flags.value('true')
  const evidence: Evidence = {
    read,
    keys: readKeys(invocation),
    others: readOthers(invocation),
    unsigned: unsignedFields(flags.value('api')),
    truth: trueFile === undefined ? undefined : readMessage(readFile(trueFile, '--true')),
  }
  const error = await findError(evidence)
  const { causes: found, madeBy, block } = diagnose(evidence)
  const causes = error === undefined ? [] : [...found, ...listRefusals(read, evidence.unsigned)]
  const verdict: Verdict = {
    read,
    steps: describeMessage(read, evidence.unsigned),
    keys: evidence.keys,
    madeBy,
    block,
    causes: causes.length > 0 || error === undefined ? causes : [error.message],
    notes: lintMessage(read).filter((note) => !causes.includes(note)),
    error,
  }
  printVerdict(verdict, flags.has('explain'), output)
  return error === undefined ? EXIT.done : EXIT.untrusted
}

/** `llpay verify`: whether a message is signed as it should be, and if not, why. */
export const verify: Command = {
  args: [
    {
      name: 'FILE',
      summary: 'The message as JSON; - or nothing is standard input',
      optional: true,
    },
  ],
  flags: [
    {
      name: 'key',
      value: 'FILE',
      summary:
        "The key to verify with, public, private or a certificate: LianLian's for an answer, your own for a request",
      multiple: true,
    },
    { name: 'gateway-key', value: 'FILE', summary: 'The same as --key', multiple: true },
    {
      name: 'private-key',
      value: 'FILE',
      summary: 'Your own key, to be told where it was taken for that of LianLian',
    },
    {
      name: 'api',
      value: 'ENDPOINT',
      summary: 'The endpoint that answered, such as card.list: some members are not signed there',
      choices: listApis().map(({ id }) => id),
    },
    { name: 'true', value: 'FILE', summary: 'The message as its sender has it, to be compared' },
    PROFILE_FLAG,
    { name: 'explain', summary: 'Show each step, and make every character visible' },
  ],
  notes: ['See llpay help signing.'],
  run,
}
