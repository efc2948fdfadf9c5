import { resolve } from 'node:path'

import { ConfigError } from '@llpay/core'

import {
  DEFAULT_PROFILE,
  profileExists,
  profileFile,
  readProfile,
  writeProfile,
  type Profile,
} from '../config/profile.ts'
import { parsePayTypes } from '../config/resolve-config.ts'
import { readVariable } from '../config/sources.ts'
import type { Answers } from '../init/ask-profile.ts'
import { checkProfile } from '../init/check-profile.ts'
import { canAsk } from '../output/ask.ts'
import { listed, phrase, t } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import type { Command, Invocation } from '../program/command.ts'
import { errorText } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { MERCHANT_FLAGS, PAY_TYPES_FLAG, type Flag } from '../program/flags.ts'

const NEEDED = ['oid-partner', 'private-key', 'gateway-key']

function missing(flags: readonly string[]): ConfigError {
  const names = flags.map((flag) => `--${flag}`)
  return new ConfigError(
    'ERR_CONFIG_MISSING',
    errorText(
      'init.missing',
      t(
        `A profile needs ${listed(names)} as well. Nothing was written.`,
        `配置档还需要 ${names.join('、')}。未写入任何内容。`,
      ),
      t(
        'Give them as flags, or run llpay init on a terminal.',
        '用选项给出，或在终端中运行 llpay init。',
      ),
    ),
  )
}

function kindOf(given: string | undefined, baseUrl: string | undefined): Profile['kind'] {
  if (given === undefined) return baseUrl === undefined ? 'live' : 'test'
  const reason = 'init.environment-flag'
  return choose(given, { name: '--environment', choices: ['test', 'live'], reason })
}

/** The values of the flags, and at a terminal what was answered; `undefined` where the person left. */
async function gather(invocation: Invocation): Promise<Answers | undefined> {
  const { flags, output } = invocation
  const given: Answers = new Map(MERCHANT_FLAGS.map(({ name }) => [name, flags.values(name)]))
  const needed = NEEDED.filter((name) => flags.values(name).length === 0)
  if (needed.length === 0) return given
  if (output.json || !canAsk()) throw missing(needed)
  const { askProfile } = await import('../init/ask-profile.ts')
  return askProfile(given, invocation)
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const name = flags.value('profile') ?? readVariable(env, 'LLPAY_PROFILE') ?? DEFAULT_PROFILE
  const replace = flags.has('force')
  // What cannot be written is refused before anything is asked.
  profileFile(name, env)
  if (!replace && readProfile(name, env) !== undefined) throw profileExists(name)
  const payTypes = flags.value('pay-types')
  const answers = await gather(invocation)
  if (answers === undefined) {
    output.tell('careful', t('stopped', '已停止'), t('No profile was written.', '未写入配置档。'))
    return EXIT.interrupted
  }
  const [baseUrl] = answers.get('base-url') ?? []
  const profile = checkProfile(
    {
      name,
      kind: kindOf(flags.value('environment'), baseUrl),
      oidPartner: answers.get('oid-partner')?.[0] ?? '',
      privateKeyFile: resolve(answers.get('private-key')?.[0] ?? ''),
      gatewayKeyFiles: (answers.get('gateway-key') ?? []).map((file) => resolve(file)),
      baseUrl,
      payTypes: parsePayTypes(
        payTypes === undefined ? undefined : { value: payTypes, from: '--pay-types' },
      ),
    },
    env,
  )
  const file = writeProfile(profile, env, { replace })
  if (output.json) {
    const { kind, oidPartner } = profile
    output.object({ ok: true, profile: name, file, environment: kind, oid_partner: oidPartner })
    return EXIT.done
  }
  output.line(file)
  const named = name === DEFAULT_PROFILE ? '' : ` --profile ${name}`
  output.tell(
    'good',
    t('next', '下一步'),
    t(
      `llpay doctor${named} checks the keys and the network.`,
      `用 llpay doctor${named} 检查密钥与网络。`,
    ),
  )
  return EXIT.done
}

/** A profile names files: standard input is none. */
const withoutStdin = ({ summary, ...flag }: Flag): Flag => ({
  ...flag,
  summary: phrase((say) => say(summary).replace(/; - is stdin|；- 为标准输入/, '')),
})

/** `llpay init`: writes a profile. */
export const init: Command = {
  flags: [
    {
      name: 'profile',
      value: 'NAME',
      summary: t('Name of the profile (default: default)', '配置档名称（默认：default）'),
    },
    ...MERCHANT_FLAGS.map(withoutStdin),
    PAY_TYPES_FLAG,
    {
      name: 'environment',
      value: 'KIND',
      choices: ['test', 'live'],
      summary: t(
        'test or live (default: live without a base URL, else test)',
        'test 或 live（默认：未给网关地址为 live，否则 test）',
      ),
    },
    { name: 'force', summary: t('Overwrite a profile of that name', '覆盖同名配置档') },
  ],
  notes: [
    t(
      'On a terminal it asks for what is missing, and checks each answer. It writes where the keys are, never a key. See llpay help profiles.',
      '在终端中会询问缺少的内容，并逐项检查。只写入密钥文件的位置，不写入密钥。见 llpay help profiles。',
    ),
  ],
  variables: ['LLPAY_PROFILE', 'LLPAY_PRIVATE_KEY_PASSPHRASE'],
  examples: [
    [t('Answer questions on a terminal', '在终端中作答'), 'llpay init'],
    [
      t('Give everything as flags', '全部用选项给出'),
      'llpay init --oid-partner 201304121000001004 --private-key merchant.pem --gateway-key lianlian.pem',
    ],
    [
      t('Another profile, for tests', '另一个配置档，用于测试'),
      'llpay init --profile test --environment test',
    ],
  ],
  run,
}
