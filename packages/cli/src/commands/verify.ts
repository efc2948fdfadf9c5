import { ConfigError, isLLPayError } from '@llpay/core'
import { diagnose, type DiagnoseKey, type OtherKey, type VerifyReport } from '@llpay/core/diagnose'
import { isSandboxKey, parsePublicKey } from '@llpay/core/keys'
import { readNotification, type NotificationKind } from '@llpay/core/notifications'
import { createVerifier } from '@llpay/node'

import { listApis } from '../call/apis.ts'
import { readFile, STDIN } from '../config/files.ts'
import { gatherSettings } from '../config/settings.ts'
import { readSource, refuseStdinTwice, type Source } from '../config/sources.ts'
import { PUBLISHED_KEY, readAnyKey } from '../keys/any-key.ts'
import { decompress, digest } from '../messages/diagnose-ports.ts'
import { MESSAGE, MESSAGE_FILE, printVerifyReport } from '../messages/verify-report.ts'
import { KINDS } from '../notifications/summary.ts'
import { t } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText, usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { PROFILE_FLAG } from '../program/flags.ts'

const PASSPHRASE = 'LLPAY_PRIVATE_KEY_PASSPHRASE'

/** The members that an endpoint does not sign; those of every endpoint where none is named. */
function unsignedFields(id: string | undefined): readonly string[] {
  const apis = listApis()
  if (id === undefined) return apis.flatMap((api) => api.unsignedFields)
  const known = apis.map((each) => each.id)
  const found = choose(id, { name: '--api', choices: known, reason: 'verify.api-flag' })
  return apis.find((each) => each.id === found)?.unsignedFields ?? []
}

function readKeys({ flags, env }: Invocation): Promise<DiagnoseKey[]> {
  const files = ['key', 'gateway-key'].flatMap((name) =>
    flags.values(name).map((file): Source => ({ name: `--${name}`, file })),
  )
  const sources = files.length > 0 ? files : gatherSettings(flags, env).gatewayKeys
  if (sources.length === 0) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      errorText(
        'verify.no-key',
        t('The key to verify with is missing.', '缺少验签用的密钥。'),
        t(
          "Give --key FILE: LianLian's public key for a reply, your own public or private key for a request.",
          '给出 --key FILE：验应答用连连支付公钥，验请求用你自己的公钥或私钥。',
        ),
      ),
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

/** The kind that `--notification` names. */
function readKind({ flags }: Invocation): NotificationKind | undefined {
  const kind = flags.value('notification')
  if (kind === undefined) return undefined
  if (flags.value('api') !== undefined) {
    throw usageError(
      'verify.api-and-notification',
      t(
        '--api is for a reply, and --notification for a notification: give one of them.',
        '--api 用于应答，--notification 用于通知：只能给出一个。',
      ),
    )
  }
  return choose(kind, {
    name: '--notification',
    choices: KINDS,
    reason: 'verify.notification-flag',
  })
}

/** Whether a message whose signature verifies is also a notification of its kind, for this merchant. */
async function checkNotification(
  { flags, env }: Invocation,
  kind: NotificationKind,
  message: Uint8Array,
  report: VerifyReport,
  keys: readonly DiagnoseKey[],
): Promise<VerifyReport> {
  const named = report.received.members.find(({ name }) => name === 'oid_partner')?.text
  const oidPartner = gatherSettings(flags, env).oidPartner?.value ?? named ?? ''
  try {
    const verifiers = keys.map(({ verifier }) => verifier)
    await readNotification(message, { kind, oidPartner, verifiers })
    return report
  } catch (error) {
    if (!isLLPayError(error)) throw error
    const { chineseError } = await import('../output/chinese-error.ts')
    const [en, zh] = [error, chineseError(error, null)].map(({ message: said, hint = '' }) =>
      `${said} ${hint}`.trim(),
    )
    const cause = { key: error.reason, en: en ?? '', zh: zh ?? '' }
    return { ...report, verified: false, error, causes: [cause] }
  }
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const kind = readKind(invocation)
  const file = flags.args[0] ?? STDIN
  const given = ['key', 'gateway-key', 'private-key', 'true'].flatMap((name) =>
    flags.values(name).map((each) => ({ name: `--${name}`, file: each })),
  )
  refuseStdinTwice([{ name: 'FILE', file }, ...given])
  const message = readFile(file, MESSAGE)
  const trueFile = flags.value('true')
  const keys = await readKeys(invocation)
  const signature = await diagnose(message, {
    keys,
    others: readOthers(invocation),
    unsignedFields: kind === undefined ? unsignedFields(flags.value('api')) : [],
    isReply: kind !== undefined || flags.value('api') !== undefined,
    truth:
      trueFile === undefined
        ? undefined
        : readFile(trueFile, t('The file of --true', ' --true 的文件')),
    digest,
    decompress,
  })
  const report =
    kind === undefined || !signature.verified
      ? signature
      : await checkNotification(invocation, kind, message, signature, keys)
  printVerifyReport(report, { keys, isExplained: flags.has('explain') }, output)
  return report.verified ? EXIT.done : EXIT.untrusted
}

/** `llpay verify`: whether a message is signed as it should be, and if not, why. */
export const verify: Command = {
  args: [{ name: 'FILE', summary: MESSAGE_FILE, optional: true }],
  flags: [
    {
      name: 'key',
      value: 'FILE',
      summary: t(
        "The key to verify with, public, private or a certificate: LianLian's for a reply, your own for a request (repeatable)",
        '验签用的密钥，公钥、私钥或证书均可：验应答用连连支付的，验请求用你自己的（可重复）',
      ),
      multiple: true,
    },
    {
      name: 'gateway-key',
      value: 'FILE',
      summary: t('The same as --key (repeatable)', '同 --key（可重复）'),
      multiple: true,
    },
    {
      name: 'private-key',
      value: 'FILE',
      summary: t(
        "Your own key, to detect that it was used in place of LianLian's",
        '你自己的密钥，用于发现它被误当作连连支付的密钥',
      ),
    },
    {
      name: 'api',
      value: 'ENDPOINT',
      summary: t(
        'The endpoint that replied, such as card.list: some members are not signed there',
        '应答的接口，如 card.list：有的字段在该接口不参与签名',
      ),
      choices: listApis().map(({ id }) => id),
    },
    {
      name: 'notification',
      value: 'KIND',
      summary: t(
        'The kind of notification that it should be, such as payment: also checks merchant and members',
        '报文应是哪种通知，如 payment：同时检查商户号与字段',
      ),
      choices: KINDS,
    },
    {
      name: 'true',
      value: 'FILE',
      summary: t(
        'The message as its sender has it, for comparison',
        '发送方手中的原始报文，用于比对',
      ),
    },
    PROFILE_FLAG,
    {
      name: 'explain',
      summary: t(
        'Show each step, and make every character visible',
        '显示每一步，并使每个字符可见',
      ),
    },
  ],
  notes: [t('See llpay help signing.', '见 llpay help signing。')],
  variables: [
    'LLPAY_GATEWAY_KEY',
    'LLPAY_PRIVATE_KEY',
    'LLPAY_PRIVATE_KEY_PASSPHRASE',
    'LLPAY_OID_PARTNER',
    'LLPAY_PROFILE',
  ],
  examples: [
    [t('Verify a reply', '验应答'), 'llpay verify reply.json --key lianlian.pem --api card.list'],
    [
      t('See why a request is refused with 1001', '查看请求为何被 1001 拒绝'),
      'llpay verify request.json --key merchant.pem --explain',
    ],
  ],
  run,
}
