import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { SANDBOX_SMS_CODE, scenarioNames, type SandboxCard } from '@llpay/sandbox'
import { startSandbox, type StartedSandbox } from '@llpay/sandbox/node'

import { checkMerchant } from '../config/resolve-config.ts'
import { escapeText } from '../output/escape.ts'
import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'
import { untilAborted } from '../program/interrupts.ts'
import { CARD_ARGUMENT } from '../sandbox/cards.ts'
import { DEFAULT_PORT } from '../sandbox/control-client.ts'
import { openPage } from '../sandbox/open-page.ts'
import {
  gatherCards,
  parseMerchant,
  parsePlay,
  parsePort,
  portFlag,
} from '../sandbox/sandbox-flags.ts'
import { logLine, SCENARIO_ROWS } from '../sandbox/sandbox-texts.ts'

const LOOPBACK = '127.0.0.1'
const OID_PARTNER = '201304121000001004'

/** The most commands that are printed, one for each card. */
const MAX_SHOWN = 3

function unbindCommand({ user_id, no_agree, pay_type }: SandboxCard): string {
  const product = pay_type === undefined ? '' : ` --pay-type ${pay_type}`
  return `llpay unbind --user-id ${user_id} --no-agree ${no_agree}${product}`
}

/** Says how to point a client at the sandbox. */
function introduce({ output }: Invocation, { url, env, state }: StartedSandbox): void {
  const cards = state.cards.list()
  const shown = cards.slice(0, MAX_SHOWN)
  if (output.json) {
    const sandbox = { url, console: `${url}/`, environment: env, cards: shown, bound: cards.length }
    output.object({ ok: true, sandbox })
    return
  }
  output.line(t(`Console: ${url}/`, `控制台：${url}/`))
  output.line('')
  output.line(
    t(
      `The sandbox listens on ${url}. In another terminal:`,
      `沙箱在 ${url} 监听。在另一个终端中：`,
    ),
  )
  output.line('')
  for (const [name, value] of Object.entries(env)) output.line(`  export ${name}=${value}`)
  for (const card of shown) output.line(`  ${escapeText(unbindCommand(card))}`)
  output.line('')
  if (cards.length > shown.length) {
    output.line(
      t(
        `${cards.length} cards are bound. To list them: llpay sandbox cards list`,
        `已绑定 ${cards.length} 张卡。查看：llpay sandbox cards list`,
      ),
    )
  }
  output.line(
    t(
      `For card apply-bind and verify-bind: the code of every SMS is ${SANDBOX_SMS_CODE}.`,
      `card apply-bind 与 verify-bind 的短信验证码一律是 ${SANDBOX_SMS_CODE}。`,
    ),
  )
  output.line('')
}

/** Opens the console in the browser; without one, its address was printed. */
async function openConsole({ env, output }: Invocation, url: string): Promise<void> {
  if (await openPage(`${url}/`, { platform: process.platform, env })) return
  output.tell(
    'careful',
    t('note', '提示'),
    t(
      'No browser can be opened here: open the address of the console.',
      '此处无法打开浏览器：请自行打开控制台的地址。',
    ),
  )
}

async function start(invocation: Invocation, keys: string): Promise<StartedSandbox> {
  const { flags, output } = invocation
  const stateFile = flags.value('state')
  const oidPartner = flags.value('oid-partner') ?? OID_PARTNER
  checkMerchant({ value: oidPartner, from: '--oid-partner' })
  return startSandbox({
    port: parsePort(flags.value('port') ?? String(DEFAULT_PORT)),
    host: flags.value('listen') ?? LOOPBACK,
    keys,
    oidPartner,
    merchants: flags.values('merchant').map(parseMerchant),
    cards: await gatherCards(invocation),
    strict: flags.has('strict'),
    ...(stateFile === undefined ? {} : { stateFile }),
    onRequest: (entry) => output.talk(logLine(entry)),
  })
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, signal } = invocation
  const plays = flags.values('scenario').map(parsePlay)
  if ((flags.value('listen') ?? LOOPBACK) !== LOOPBACK) {
    output.tell(
      'careful',
      t('warning', '警告'),
      t(
        'Everyone who can reach this address can use the sandbox.',
        '能访问该地址的人都能使用这个沙箱。',
      ),
    )
  }
  const named = flags.value('keys')
  const keys = named ?? mkdtempSync(join(tmpdir(), 'llpay-sandbox-'))
  try {
    await using sandbox = await start(invocation, keys)
    for (const { scenario, options } of plays) sandbox.state.play(scenario, options)
    introduce(invocation, sandbox)
    if (flags.has('open')) await openConsole(invocation, sandbox.url)
    await untilAborted(signal)
    return EXIT.done
  } finally {
    if (named === undefined) rmSync(keys, { recursive: true, force: true })
  }
}

/** `llpay sandbox`: a LianLian gateway on this machine. */
export const sandbox: Command = {
  flags: [
    portFlag(DEFAULT_PORT),
    {
      name: 'listen',
      value: 'ADDRESS',
      summary: t(
        'Address to listen on; any other than the default can be reached from outside this machine (default: 127.0.0.1)',
        '监听地址；非默认地址可从本机以外访问（默认：127.0.0.1）',
      ),
    },
    {
      name: 'keys',
      value: 'FOLDER',
      summary: t(
        'Keep the keys in this folder, readable by their owner only; nothing in it is overwritten (default: keys for this run)',
        '把密钥保存在该文件夹，仅所有者可读，不覆盖已有文件（默认：仅用于本次运行）',
      ),
    },
    {
      name: 'oid-partner',
      value: 'N',
      summary: t(
        `Merchant number, 18 digits (default: ${OID_PARTNER})`,
        `商户号，18 位数字（默认：${OID_PARTNER}）`,
      ),
    },
    {
      name: 'merchant',
      value: 'OID_PARTNER=PUBLIC_KEY_FILE',
      summary: t('Another merchant, with its own key (repeatable)', '另一个商户及其公钥（可重复）'),
      multiple: true,
    },
    {
      name: 'card',
      value: CARD_ARGUMENT,
      summary: t('A card that is bound (repeatable)', '一张已绑定的卡（可重复）'),
      multiple: true,
    },
    {
      name: 'cards',
      value: 'FILE',
      summary: t(
        'Bind the cards of a file: CSV with a header line, or one JSON object per line; - is stdin (repeatable)',
        '绑定文件中的卡：CSV（首行为列名），或每行一个 JSON 对象；- 为标准输入（可重复）',
      ),
      multiple: true,
    },
    {
      name: 'state',
      value: 'FILE',
      summary: t(
        'Keep the bound cards in this file; once it exists, --card and --cards bind nothing',
        '把已绑定的卡保存在该文件；文件存在后，--card 与 --cards 不再绑卡',
      ),
    },
    {
      name: 'scenario',
      value: '[ENDPOINT=]NAME',
      summary: t(
        'Misbehave like this, everywhere or at one endpoint; see below (repeatable)',
        '模拟这种故障，作用于全部或一个接口；见下（可重复）',
      ),
      multiple: true,
      choices: scenarioNames(),
    },
    { name: 'open', summary: t('Open the console in the browser', '在浏览器中打开控制台') },
    {
      name: 'strict',
      summary: t(
        'Refuse unknown and empty members, which LianLian ignores',
        '拒绝未知字段与空字段（连连支付会忽略它们）',
      ),
    },
  ],
  notes: [
    t(
      'Scenarios, also for one request in the header x-llpay-scenario:',
      '场景，也可用请求头 x-llpay-scenario 只作用于一个请求：',
    ),
    SCENARIO_ROWS,
  ],
  examples: [
    [t('Start with one bound card', '启动，绑定一张示例卡'), 'llpay sandbox'],
    [
      t('Keep keys and cards over restarts', '重启后保留密钥与卡'),
      'llpay sandbox --keys ./keys --state ./cards.json',
    ],
    [
      t('Lose the reply of every unbind', '丢失每个解绑的应答'),
      'llpay sandbox --scenario card.unbind=close-after',
    ],
  ],
  run,
}
