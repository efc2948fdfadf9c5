import { isLLPayError } from '@llpay/core'

import { CALL_FLAGS } from '../args/flag.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { gatherSettings, type Settings } from '../config/settings.ts'
import { examineEnvironment } from '../doctor/examine-environment.ts'
import { examineGatewayKeys, examinePair, examinePrivateKey } from '../doctor/examine-keys.ts'
import { examineNetwork } from '../doctor/examine-network.ts'
import { examineQuery } from '../doctor/examine-query.ts'
import { examineSettings } from '../doctor/examine-settings.ts'
import { problem, skipped, type Finding } from '../doctor/finding.ts'
import { listOrigins } from '../doctor/hosts.ts'
import type { Patient } from '../doctor/patient.ts'
import { printFindings } from '../doctor/print-findings.ts'
import { EXIT, exitCodeOf } from '../exit-code.ts'

const TAKEN = ['profile', 'oid-partner', 'private-key', 'gateway-key', 'base-url']

const NOTHING: Settings = {
  oidPartner: undefined,
  privateKey: undefined,
  gatewayKeys: [],
  baseUrl: undefined,
  payTypes: undefined,
  profile: undefined,
}

/** The settings, or what stands in the way of having any. */
function gather({ flags, env }: Invocation): { settings: Settings; found: Finding[] } {
  try {
    const settings = gatherSettings(flags, env)
    return { settings, found: examineSettings(settings) }
  } catch (error) {
    if (!isLLPayError(error)) throw error
    return { settings: NOTHING, found: [problem('configuration', error)] }
  }
}

const isBroken = (findings: readonly Finding[], check: string) =>
  findings.some((finding) => finding.check === check && finding.state === 'problem')

async function examineWay(
  patient: Patient,
  found: readonly Finding[],
  query: boolean,
): Promise<Finding[]> {
  if (isBroken(found, 'calls go to') || isBroken(found, 'configuration')) {
    return [skipped('connection', 'it is not known where calls go')]
  }
  const origins = listOrigins(patient.settings.baseUrl?.value)
  const network = isBroken(found, 'proxy')
    ? [skipped('connection', 'the proxy is not known')]
    : await examineNetwork(origins, patient.env, patient.signal)
  if (!query) return network
  const stopped = [...found, ...network].some(({ state }) => state === 'problem')
  return [
    ...network,
    ...(stopped
      ? [skipped('query', 'nothing is asked until the rest is mended')]
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
    ...examineEnvironment(
      env,
      isBroken(found, 'calls go to') ? undefined : settings.baseUrl?.value,
    ),
  ]
  const findings = [...here, ...(await examineWay(patient, here, flags.has('query')))]
  printFindings(findings, output)
  const worst = findings.find(({ state }) => state === 'problem')?.error
  return worst === undefined ? EXIT.done : exitCodeOf(worst, signal.aborted)
}

/** `llpay doctor`: what stands in the way of a call. */
export const doctor: Command = {
  flags: [
    { name: 'query', summary: 'Also ask LianLian for the bank of a test card; it changes nothing' },
    ...CALL_FLAGS.filter(({ name }) => TAKEN.includes(name)),
  ],
  readsEnvironment: true,
  notes: [
    'Without --query nothing that is signed leaves this machine. The exit status is that of the first problem.',
  ],
  run,
}
