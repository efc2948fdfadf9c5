import { ConfigError } from '@llpay/core'
import { createSigner, createVerifier } from '@llpay/node'
import {
  createSandbox,
  findScenario,
  SANDBOX_SMS_CODE,
  SCENARIOS,
  type BoundCard,
  type Sandbox,
} from '@llpay/sandbox'

import type { Command, Invocation } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import type { Row } from '../output/rows.ts'
import { generateSandboxPair, openKeyFolder, type SandboxKeys } from '../sandbox/key-folder.ts'
import { serveSandbox } from '../sandbox/serve.ts'

const ALGORITHM = 'MD5withRSA'
const LOOPBACK = '127.0.0.1'
const OID_PARTNER = '201304121000001004'
const DEMO_CARD = '1234567:2014031710002121:D'

const usage = (message: string) => new ConfigError('ERR_CONFIG_USAGE', message)

/** Reads a card as it is written on the command line: customer, agreement and product. */
function parseCard(text: string, oid_partner: string): BoundCard {
  const [user_id = '', no_agree = '', pay_type, ...rest] = text.split(':')
  if (user_id === '' || no_agree === '' || pay_type === '' || rest.length > 0) {
    throw usage('--card takes USER_ID:NO_AGREE or USER_ID:NO_AGREE:PAY_TYPE.')
  }
  return { oid_partner, user_id, no_agree, ...(pay_type === undefined ? {} : { pay_type }) }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port < 65_536) return port
  throw usage('--port takes a number from 0 to 65535; 0 takes a free one.')
}

/** Reads a scenario as it is written on the command line: its name, or `card.list=` and its name. */
function parseScenario(text: string): { scenario: string; api?: string } {
  const [, api, scenario = ''] = /^(?:([a-z.-]+)=)?(.*)$/.exec(text) ?? []
  if (findScenario(scenario) === undefined) {
    throw usage(`--scenario takes one of ${[...SCENARIOS.keys()].join(', ')}.`)
  }
  return api === undefined ? { scenario } : { scenario, api }
}

async function buildSandbox(keys: SandboxKeys, oidPartner: string): Promise<Sandbox> {
  return createSandbox({
    gatewaySigner: await createSigner(keys.gateway.privateKey, ALGORITHM),
    otherSigner: await createSigner(generateSandboxPair().privateKey, ALGORITHM),
    partners: [{ oidPartner, verifier: await createVerifier(keys.merchant.publicKey, ALGORITHM) }],
  })
}

/** Tells how to point a client at the sandbox. */
function introduce(
  { output }: Invocation,
  facts: { url: string; oidPartner: string; keys: SandboxKeys; cards: readonly BoundCard[] },
): void {
  const { url, oidPartner, keys, cards } = facts
  const environment = {
    LLPAY_BASE_URL: url,
    LLPAY_OID_PARTNER: oidPartner,
    LLPAY_PRIVATE_KEY_FILE: keys.merchantPrivateFile,
    LLPAY_GATEWAY_KEY_FILE: keys.gatewayPublicFile,
  }
  if (output.json) {
    output.object({ ok: true, sandbox: { url, environment, cards } })
    return
  }
  output.line(`The sandbox listens on ${url}. In another terminal:`)
  output.line('')
  for (const [name, value] of Object.entries(environment)) output.line(`  export ${name}=${value}`)
  for (const { user_id, no_agree, pay_type } of cards) {
    const product = pay_type === undefined ? '' : ` --pay-type ${pay_type}`
    output.line(`  llpay unbind --user-id ${user_id} --no-agree ${no_agree}${product}`)
  }
  output.line('')
  output.line(`For card apply-bind and verify-bind: the code of every SMS is ${SANDBOX_SMS_CODE}.`)
  output.line('')
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true })
  })
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, signal } = invocation
  const hostname = flags.value('listen') ?? LOOPBACK
  const port = parsePort(flags.value('port') ?? '0')
  const oidPartner = flags.value('oid-partner') ?? OID_PARTNER
  const scenarios = flags.values('scenario').map(parseScenario)
  const given = flags.values('card')
  const cards = (given.length > 0 ? given : [DEMO_CARD]).map((card) => parseCard(card, oidPartner))
  if (hostname !== LOOPBACK) {
    output.tell('careful', 'warning', 'Whoever reaches this address can use the sandbox.')
  }
  const keys = openKeyFolder(flags.value('keys'))
  try {
    const gateway = await buildSandbox(keys, oidPartner)
    for (const card of cards) gateway.state.cards.bind(card)
    for (const { scenario, api } of scenarios) gateway.state.play(scenario, api)
    const server = await serveSandbox(gateway, {
      hostname,
      port,
      onAnswer() {
        const last = gateway.requests.at(-1)
        if (last === undefined) return
        output.tell('faint', last.api, `${String(last.ret_code)} (${last.scenario})`)
      },
    })
    introduce(invocation, { url: server.url, oidPartner, keys, cards })
    await untilAborted(signal)
    await server.close()
    return EXIT.done
  } finally {
    keys.dispose()
  }
}

/** `llpay sandbox`: LianLian's gateway on one's own machine. */
export const sandbox: Command = {
  flags: [
    { name: 'port', value: 'N', summary: 'Port to listen on; 0 (the default) takes a free one' },
    {
      name: 'listen',
      value: 'ADDRESS',
      summary: 'Listen on this address in place of 127.0.0.1; others can then reach it',
    },
    {
      name: 'keys',
      value: 'FOLDER',
      summary: 'Keep the keys here, readable by their owner only; else they last for this run',
    },
    { name: 'oid-partner', value: 'N', summary: `Merchant number; ${OID_PARTNER}` },
    {
      name: 'card',
      value: 'USER:AGREEMENT[:PAY_TYPE]',
      summary: 'A card that is bound; again for each',
      multiple: true,
    },
    {
      name: 'scenario',
      value: '[ENDPOINT=]NAME',
      summary: 'How to misbehave, everywhere or at one endpoint; see below',
      multiple: true,
    },
  ],
  notes: [
    'Scenarios, also per request in the header x-llpay-scenario:',
    Array.from(SCENARIOS, ([name, { summary }]): Row => [name, summary]),
  ],
  run,
}
