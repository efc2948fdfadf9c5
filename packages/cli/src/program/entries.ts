import type { Api } from '@llpay/core'

import { apiCommand } from '../call/api-command.ts'
import { listApis, summaryOf } from '../call/apis.ts'
import { t } from '../output/language.ts'
import type { Entry } from './command.ts'

/** The commands that are not endpoints: each is its own file, loaded when it is called. */
const TOOLS: readonly Entry[] = [
  {
    words: 'card ensure-unbound',
    summary: t(
      'Unbind a card for whichever products it is bound for',
      '不论卡绑定在哪个产品下都解绑',
    ),
    api: 'card.ensure-unbound',
    load: async () => (await import('../commands/ensure-unbound.ts')).ensureUnbound,
  },
  {
    words: 'card unbind-many',
    summary: t(
      'Unbind the cards of a file, rate-limited and resumable',
      '批量解绑文件中的卡，限速，可断点续跑',
    ),
    api: 'card.unbind',
    load: async () => (await import('../commands/unbind-many.ts')).unbindMany,
  },
  {
    words: 'card unbind-many report',
    summary: t(
      'Print what became of each card, from the ledger of a run',
      '从台账输出每张卡的结果',
    ),
    api: null,
    load: async () => (await import('../commands/unbind-many-report.ts')).unbindManyReport,
  },
  {
    words: 'init',
    summary: t(
      'Write a profile: merchant, key files and gateway',
      '写配置档：商户号、密钥文件与网关',
    ),
    api: null,
    load: async () => (await import('../commands/init.ts')).init,
  },
  {
    words: 'doctor',
    summary: t('Diagnose configuration, keys and network', '检查配置、密钥与网络'),
    api: null,
    load: async () => (await import('../commands/doctor.ts')).doctor,
  },
  {
    words: 'sandbox',
    summary: t('Run a LianLian gateway on this machine', '在本机运行连连支付网关沙箱'),
    api: null,
    load: async () => (await import('../commands/sandbox.ts')).sandbox,
  },
  {
    words: 'sandbox cards list',
    summary: t('List the bound cards of a running sandbox', '列出运行中的沙箱已绑定的卡'),
    api: null,
    load: async () => (await import('../commands/sandbox-cards-list.ts')).sandboxCardsList,
  },
  {
    words: 'sandbox cards bind',
    summary: t('Bind cards in a running sandbox', '在运行中的沙箱绑卡'),
    api: null,
    load: async () => (await import('../commands/sandbox-cards-bind.ts')).sandboxCardsBind,
  },
  {
    words: 'sandbox cards unbind',
    summary: t('Unbind cards in a running sandbox', '在运行中的沙箱解绑'),
    api: null,
    load: async () => (await import('../commands/sandbox-cards-unbind.ts')).sandboxCardsUnbind,
  },
  {
    words: 'sandbox cards import',
    summary: t('Bind the cards of a file in a running sandbox', '在运行中的沙箱绑定文件中的卡'),
    api: null,
    load: async () => (await import('../commands/sandbox-cards-import.ts')).sandboxCardsImport,
  },
  {
    words: 'sandbox play',
    summary: t('Make a running sandbox misbehave', '让运行中的沙箱模拟故障'),
    api: null,
    load: async () => (await import('../commands/sandbox-play.ts')).sandboxPlay,
  },
  {
    words: 'sandbox requests',
    summary: t('Show the requests that a running sandbox received', '显示运行中的沙箱收到的请求'),
    api: null,
    load: async () => (await import('../commands/sandbox-requests.ts')).sandboxRequests,
  },
  {
    words: 'sandbox reset',
    summary: t('Reset a running sandbox to its start', '把运行中的沙箱恢复到启动状态'),
    api: null,
    load: async () => (await import('../commands/sandbox-reset.ts')).sandboxReset,
  },
  {
    words: 'sandbox health',
    summary: t('Check that a sandbox runs, and what it holds', '检查沙箱是否运行及其内容'),
    api: null,
    load: async () => (await import('../commands/sandbox-health.ts')).sandboxHealth,
  },
  {
    words: 'notification send',
    summary: t('Let a running sandbox notify your server', '让运行中的沙箱向你的服务器发送通知'),
    api: null,
    load: async () => (await import('../commands/notification-send.ts')).notificationSend,
  },
  {
    words: 'notification listen',
    summary: t('Print and acknowledge what arrives on this machine', '在本机接收、显示并确认通知'),
    api: null,
    load: async () => (await import('../commands/notification-listen.ts')).notificationListen,
  },
  {
    words: 'verify',
    summary: t("Verify a message's signature, and explain why it fails", '验签，并说明失败原因'),
    api: null,
    load: async () => (await import('../commands/verify.ts')).verify,
  },
  {
    words: 'sign',
    summary: t('Sign a message the way LianLian expects', '按连连支付的规则为报文签名'),
    api: null,
    load: async () => (await import('../commands/sign.ts')).sign,
  },
  {
    words: 'key new',
    summary: t('Generate a key pair, and show what to upload', '生成密钥对，并给出要上传的公钥'),
    api: null,
    load: async () => (await import('../commands/key-new.ts')).keyNew,
  },
  {
    words: 'key inspect',
    summary: t(
      'Show what a key file is, without showing the key',
      '查看密钥文件是什么，不显示密钥',
    ),
    api: null,
    load: async () => (await import('../commands/key-inspect.ts')).keyInspect,
  },
  {
    words: 'key convert',
    summary: t('Convert a key to another format', '转换密钥格式'),
    api: null,
    load: async () => (await import('../commands/key-convert.ts')).keyConvert,
  },
  {
    words: 'key match',
    summary: t('Check whether two keys belong together', '检查两个密钥是否配对'),
    api: null,
    load: async () => (await import('../commands/key-match.ts')).keyMatch,
  },
  {
    words: 'code',
    summary: t('Explain a return code, or find one by its text', '解释返回码，或按文字查找'),
    api: null,
    load: async () => (await import('../commands/code.ts')).code,
  },
  {
    words: 'completion',
    summary: t('Print a shell completion script', '输出 shell 补全脚本'),
    api: null,
    load: async () => (await import('../commands/completion.ts')).completion,
  },
  {
    words: 'complete',
    summary: t('Complete the last word', '补全最后一个词'),
    api: null,
    hidden: true,
    load: async () => (await import('../commands/complete.ts')).complete,
  },
]

/** Short names of commands. */
const ALIASES: Readonly<Record<string, string>> = { 'card unbind': 'unbind' }

function apiEntry(api: Api): Entry {
  const words = api.id.replace('.', ' ')
  const alias = ALIASES[words]
  return {
    words,
    ...(alias === undefined ? {} : { alias }),
    summary: summaryOf(api),
    api: api.id,
    load: async () => apiCommand(api),
  }
}

/** Every command, endpoints first. */
export const listEntries = (): Entry[] => [...listApis().map(apiEntry), ...TOOLS]
