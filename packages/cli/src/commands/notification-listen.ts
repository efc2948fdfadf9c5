import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { ConfigError, type LLPayError } from '@llpay/core'
import { memorySeen, type NotificationKind, type SeenStore } from '@llpay/core/notifications'
import { createNotificationHandler, toNodeListener } from '@llpay/node'

import { gatherSettings } from '../config/settings.ts'
import { readSource } from '../config/sources.ts'
import { readAnyKey } from '../keys/any-key.ts'
import { isKind, KINDS, summarize, withoutSecrets } from '../notifications/summary.ts'
import { escapeText } from '../output/escape.ts'
import { t } from '../output/language.ts'
import { breakLines } from '../output/layout.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText, invalidError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { MERCHANT_FLAGS, PROFILE_FLAG } from '../program/flags.ts'
import { untilAborted } from '../program/interrupts.ts'
import { parsePort, portFlag } from '../sandbox/sandbox-flags.ts'

const LOOPBACK = '127.0.0.1'
const DEFAULT_PORT = 8091
/** The time of day in what `toTimeString` writes. */
const CLOCK = 'hh:mm:ss'.length
const PASSPHRASE = 'LLPAY_PRIVATE_KEY_PASSPHRASE'

/** What a receiver needs of the configuration. */
interface Receiver {
  readonly oidPartner: string
  readonly gatewayPublicKey: readonly Uint8Array[]
  readonly seen: SeenStore
}

function missing(what: { readonly en: string; readonly zh: string }): ConfigError {
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    errorText(
      'notification.no-receiver',
      t(`${what.en} is missing.`, `缺少${what.zh}。`),
      t(
        'Set the variables that llpay sandbox prints, or give --profile, or --oid-partner and --gateway-key.',
        '设置 llpay sandbox 输出的变量，或给出 --profile，或 --oid-partner 与 --gateway-key。',
      ),
    ),
  )
}

function openReceiver({ flags, env }: Invocation): Receiver {
  const { oidPartner, gatewayKeys } = gatherSettings(flags, env)
  if (oidPartner === undefined) throw missing(t('The merchant number', '商户号'))
  if (gatewayKeys.length === 0) throw missing(t("LianLian's public key", '连连支付公钥'))
  return {
    oidPartner: oidPartner.value,
    gatewayPublicKey: gatewayKeys.map(
      (source) => readAnyKey(readSource(source), env[PASSPHRASE]).spki,
    ),
    seen: memorySeen(),
  }
}

/** What became of one delivery. */
interface Arrival {
  readonly kind: NotificationKind
  readonly members?: Readonly<Record<string, string | undefined>>
  readonly error?: LLPayError
}

async function print({ output }: Invocation, { kind, members, error }: Arrival): Promise<void> {
  if (output.json) {
    const shown = members === undefined ? {} : { members: withoutSecrets(kind, members) }
    const problem = error === undefined ? {} : { error: error.toJSON() }
    output.object({
      ok: error === undefined,
      kind,
      isRepeat: members === undefined,
      ...shown,
      ...problem,
    })
    return
  }
  const head = `${new Date().toTimeString().slice(0, CLOCK)} ${kind}`
  if (error !== undefined) {
    const { message, hint } =
      output.language === 'zh'
        ? (await import('../output/chinese-error.ts')).chineseError(error, null)
        : error
    output.line(`${head} ${output.paint('bad', t('refused', '已拒绝'))}`)
    for (const line of breakLines(escapeText(message), output.width - 2)) output.line(`  ${line}`)
    if (hint !== undefined) output.tell('faint', t('next', '下一步'), hint)
    return
  }
  if (members === undefined) {
    output.line(`${head} ${output.paint('faint', t('repeat, acknowledged', '重复，已确认'))}`)
    return
  }
  const what = escapeText(summarize(kind, members))
  output.line(`${head} ${what} ${output.paint('good', t('acknowledged', '已确认'))}`)
  for (const [name, value = ''] of Object.entries(withoutSecrets(kind, members))) {
    output.line(`  ${escapeText(name)}=${escapeText(value)}`)
  }
}

const kindOf = ({ url = '' }: IncomingMessage): string | undefined =>
  /^\/([a-z]+)\/?(?:\?|$)/.exec(url)?.[1]

/** Takes one delivery: verifies, prints and acknowledges it. */
async function receive(
  invocation: Invocation,
  receiver: Receiver,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const kind = kindOf(incoming)
  if (!isKind(kind)) {
    const paths = KINDS.map((each) => `/${each}`).join(' ')
    outgoing.writeHead(404, { 'content-type': 'text/plain' }).end(`Notify ${paths}\n`)
    return
  }
  let arrival: Arrival = { kind }
  const handle = createNotificationHandler({
    kind,
    ...receiver,
    form: true,
    async onNotification(members: Readonly<Record<string, string | undefined>>) {
      arrival = { kind, members }
    },
    onRefused(error) {
      arrival = { kind, error }
    },
  })
  await toNodeListener(handle)(incoming, outgoing)
  if (incoming.method === 'POST') await print(invocation, arrival)
}

/** Listens until the user interrupts, or nobody reads what is printed. */
async function serve(invocation: Invocation, receiver: Receiver, port: number): Promise<void> {
  const { output, signal } = invocation
  const left = new AbortController()
  const take = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    await receive(invocation, receiver, incoming, outgoing)
    if (output.isClosed) left.abort()
  }
  const server = createServer((incoming, outgoing) => void take(incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, resolve)
  }).catch((error: NodeJS.ErrnoException) => {
    throw invalidError(
      'notification.port-taken',
      t(
        `Port ${port} cannot be listened on (${error.code}).`,
        `无法监听端口 ${port}（${error.code}）。`,
      ),
      t('Give another --port; 0 takes a free one.', '用 --port 换一个端口；0 表示任意空闲端口。'),
    )
  })
  const address = server.address()
  const url = `http://${LOOPBACK}:${typeof address === 'object' ? address?.port : port}`
  if (output.json) output.object({ ok: true, url, kinds: KINDS })
  else {
    output.line(t('Notifications are acknowledged at:', '以下地址接收并确认通知：'))
    for (const kind of KINDS) output.line(`  ${url}/${kind}`)
    output.line('')
  }
  await untilAborted(AbortSignal.any([signal, left.signal]))
  server.closeAllConnections()
  server.close()
}

/** `llpay notification listen`: prints and acknowledges what arrives on this machine. */
export const notificationListen: Command = {
  flags: [
    portFlag(DEFAULT_PORT),
    PROFILE_FLAG,
    ...MERCHANT_FLAGS.filter(({ name }) => name === 'oid-partner'),
    {
      name: 'gateway-key',
      value: 'FILE',
      summary: t(
        "LianLian's or the sandbox's RSA public key (repeatable)",
        '连连支付或沙箱的 RSA 公钥文件（可重复）',
      ),
      multiple: true,
    },
  ],
  notes: [
    t(
      'It listens on this machine only, a path for each kind. What it acknowledges, LianLian does not send again: use it with a sandbox. With --json it prints one object per line. Card data and personal data are hidden.',
      '只在本机监听，每种通知一个路径。被它确认的通知，连连支付不会再发：请配合沙箱使用。加 --json 时每行输出一个对象。卡数据与个人信息不显示。',
    ),
  ],
  variables: ['LLPAY_OID_PARTNER', 'LLPAY_GATEWAY_KEY', 'LLPAY_PROFILE'],
  examples: [
    [t('Listen for the sandbox', '接收沙箱的通知'), 'llpay notification listen'],
    [
      t('Send it something, from another terminal', '在另一个终端发送'),
      `llpay notification send payment --to http://${LOOPBACK}:${DEFAULT_PORT}/payment`,
    ],
  ],
  async run(invocation) {
    const port = parsePort(invocation.flags.value('port') ?? String(DEFAULT_PORT))
    await serve(invocation, openReceiver(invocation), port)
    return EXIT.done
  },
}
