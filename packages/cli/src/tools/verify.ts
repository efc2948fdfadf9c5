import { ConfigError, type Api } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'
import { diagnose, type DiagnoseKey, type OtherKey } from '@llpay/core/diagnose'
import { isSandboxKey, parsePublicKey } from '@llpay/core/keys'
import { createVerifier } from '@llpay/node'

import { PROFILE_FLAG } from '../args/flag.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { readSource, type Source } from '../config/read-secret.ts'
import { gatherSettings } from '../config/settings.ts'
import { EXIT } from '../exit-code.ts'
import { PUBLISHED_KEY } from '../keys/published-key.ts'
import { readAnyKey } from '../keys/read-any-key.ts'
import { printVerifyReport } from '../output/print-verify-report.ts'
import { decompress, digest } from './diagnose-ports.ts'

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

function readKeys({ flags, env }: Invocation): Promise<DiagnoseKey[]> {
  const files = ['key', 'gateway-key'].flatMap((name) =>
    flags.values(name).map((file): Source => ({ name: `--${name}`, file })),
  )
  const sources = files.length > 0 ? files : gatherSettings(flags, env).gatewayKeys
  if (sources.length === 0) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      "The key to verify with is missing. Give --key FILE: LianLian's public key for a reply, your own public or private key for a request.",
    )
  }
  return Promise.all(
    sources.map(async (source) => {
      const key = readAnyKey(readSource(source), env[PASSPHRASE])
      return { name: source.name, key, verifier: await createVerifier(key.spki, 'MD5withRSA') }
    }),
  )
}

const MADE_BY_PUBLISHED = {
  key: 'key.published',
  en: "The signature was made with the key that LianLian publishes with its samples: the message is LianLian's, and the key that was given is not the one that it signs with.",
  zh: '签名由连连支付随样例公布的密钥生成：报文来自连连支付，但给出的不是它签名所用的公钥。',
}

const MADE_BY_MERCHANT = {
  key: 'key.merchant',
  en: "The signature was made with the merchant's own private key: this is a request of your own, not a reply of LianLian's.",
  zh: '签名由商户自己的私钥生成：这是你自己的请求，不是连连支付的应答。',
}

const MADE_BY_SANDBOX_MERCHANT = {
  ...MADE_BY_MERCHANT,
  en: `${MADE_BY_MERCHANT.en} That key was made for a sandbox.`,
  zh: `${MADE_BY_MERCHANT.zh}该密钥是沙箱密钥。`,
}

/** Keys that are often taken for the right one. */
function readOthers({ flags, env }: Invocation): OtherKey[] {
  const published = {
    name: 'the key that LianLian publishes with its samples',
    key: parsePublicKey(PUBLISHED_KEY),
    cause: MADE_BY_PUBLISHED,
  }
  const { privateKey } = gatherSettings(flags, env)
  if (privateKey === undefined) return [published]
  const key = readAnyKey(readSource(privateKey), env[PASSPHRASE])
  const cause = isSandboxKey(key) ? MADE_BY_SANDBOX_MERCHANT : MADE_BY_MERCHANT
  return [{ name: "the merchant's own key", key, cause }, published]
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const message = readFile(flags.args[0] ?? '-', 'The message')
  const trueFile = flags.value('true')
  const keys = await readKeys(invocation)
  const report = await diagnose(message, {
    keys,
    others: readOthers(invocation),
    unsignedFields: unsignedFields(flags.value('api')),
    isReply: flags.value('api') !== undefined,
    truth: trueFile === undefined ? undefined : readFile(trueFile, '--true'),
    digest,
    decompress,
  })
  printVerifyReport(report, { keys, isExplained: flags.has('explain') }, output)
  return report.verified ? EXIT.done : EXIT.untrusted
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
