import { isLLPayError } from '@llpay/core'

import { gatherSettings, type Settings } from '../config/settings.ts'
import { examineEnvironment } from '../doctor/examine-environment.ts'
import { examineGatewayKeys, examinePair, examinePrivateKey } from '../doctor/examine-keys.ts'
import { examineNetwork, listOrigins } from '../doctor/examine-network.ts'
import { examineQuery } from '../doctor/examine-query.ts'
import { examineSettings } from '../doctor/examine-settings.ts'
import { problem, skipped, type Check, type Finding, type Patient } from '../doctor/finding.ts'
import { printFindings } from '../doctor/print-findings.ts'
import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { EXIT, exitCodeOf } from '../program/exit-code.ts'
import { CALL_FLAGS } from '../program/flags.ts'
import { CALL_VARIABLES } from '../program/variables.ts'

const TAKEN = ['profile', 'oid-partner', 'private-key', 'gateway-key', 'base-url']

const NOTHING: Settings = {
  oidPartner: undefined,
  privateKey: undefined,
  gatewayKeys: [],
  baseUrl: undefined,
  payTypes: undefined,
  profile: undefined,
}

/** The settings, or why there are none. */
function gather({ flags, env }: Invocation): { settings: Settings; found: Finding[] } {
  try {
    const settings = gatherSettings(flags, env)
    return { settings, found: examineSettings(settings) }
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return { settings: NOTHING, found: [problem('configuration', error)] }
  }
}

const isBroken = (findings: readonly Finding[], check: Check) =>
  findings.some((finding) => finding.check === check && finding.state === 'problem')

async function examineWay(
  patient: Patient,
  found: readonly Finding[],
  query: boolean,
): Promise<Finding[]> {
  if (isBroken(found, 'gateway') || isBroken(found, 'configuration')) {
    return [skipped('connection', t('the gateway is unknown', '网关未知'))]
  }
  const origins = listOrigins(patient.settings.baseUrl?.value)
  const network = isBroken(found, 'proxy')
    ? [skipped('connection', t('the proxy is unknown', '代理未知'))]
    : await examineNetwork(origins, patient.env, patient.signal)
  if (!query) return network
  const stopped = [...found, ...network].some(({ state }) => state === 'problem')
  return [
    ...network,
    ...(stopped
      ? [
          skipped(
            'query',
            t('nothing is sent until the problems above are fixed', '修复上述问题之前不发送请求'),
          ),
        ]
      : await examineQuery(patient)),
  ]
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output, signal } = invocation
  const { settings, found } = gather(invocation)
  const own = examinePrivateKey(settings, env)
  const theirs = examineGatewayKeys(settings)
  const patient: Patient = {
    env,
    settings,
    privateKey: own.key,
    gatewayKeys: theirs.flatMap(({ key }) => key ?? []),
    signal,
  }
  const here = [
    ...found,
    ...own.findings,
    ...theirs.flatMap(({ findings }) => findings),
    ...examinePair(patient),
    ...examineEnvironment(env, isBroken(found, 'gateway') ? undefined : settings.baseUrl?.value),
  ]
  const findings = [...here, ...(await examineWay(patient, here, flags.has('query')))]
  printFindings(findings, output)
  const worst = findings.find(({ state }) => state === 'problem')?.error
  return worst === undefined ? EXIT.done : exitCodeOf(worst, signal.aborted)
}

/** `llpay doctor`: diagnoses configuration, keys and network. */
export const doctor: Command = {
  flags: [
    {
      name: 'query',
      summary: t(
        'Also look up the bank of a test card at LianLian; it changes nothing',
        '同时向连连支付查询一张测试卡的银行；不改变任何数据',
      ),
    },
    ...CALL_FLAGS.filter(({ name }) => TAKEN.includes(name)),
  ],
  variables: CALL_VARIABLES,
  notes: [
    t(
      'Without --query nothing that is signed leaves this machine. The exit status belongs to the first problem.',
      '不加 --query 时，任何签名数据都不会离开本机。退出码取第一个问题的退出码。',
    ),
  ],
  examples: [
    [t('Check everything on this machine', '检查本机的一切'), 'llpay doctor'],
    [
      t('Check a profile, with a harmless query', '检查一个配置档，并做一次无害的查询'),
      'llpay doctor --profile live --query',
    ],
  ],
  run,
}
