import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ConfigError } from '@llpay/core'
import {
  formatLogLine,
  parseScenario,
  readCards,
  SANDBOX_SMS_CODE,
  scenarioNames,
  SCENARIOS,
  type PlayOptions,
  type SandboxCard,
  type ScenarioText,
} from '@llpay/sandbox'
import { startSandbox, type MerchantKeys, type StartedSandbox } from '@llpay/sandbox/node'

import type { Command, Invocation } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { EXIT } from '../exit-code.ts'
import { escapeText } from '../output/escape.ts'
import type { Row } from '../output/rows.ts'
import { CARD_ARGUMENT, parseCard } from '../sandbox/card-argument.ts'
import { DEFAULT_PORT } from '../sandbox/control-client.ts'
import { openPage } from '../sandbox/open-page.ts'

const LOOPBACK = '127.0.0.1'
const OID_PARTNER = '201304121000001004'
const DEMO_CARD = '1234567:2014031710002121:D'

/** The most commands that are printed, one for each card. */
const MAX_SHOWN = 3

const usage = (message: string) => new ConfigError('ERR_CONFIG_USAGE', message)

function parsePort(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port < 65_536) return port
  throw usage('--port takes a number from 0 to 65535; 0 takes a free one.')
}

interface Play {
  readonly scenario: ScenarioText
  readonly options: PlayOptions
}

/** Reads a scenario as it is written on the command line: its name, or `card.list=` and its name. */
function parsePlay(text: string): Play {
  const [, api, scenario = ''] = /^(?:([a-z.-]+)=)?(.*)$/.exec(text) ?? []
  try {
    return { scenario: parseScenario(scenario).text, options: api === undefined ? {} : { api } }
  } catch (error) {
    throw error instanceof ConfigError ? usage(`--scenario: ${error.message}`) : error
  }
}

/** Reads a merchant and the file of its public key. */
function parseMerchant(text: string): MerchantKeys {
  const [, oidPartner, file] = /^([0-9]{18})=(.+)$/.exec(text) ?? []
  if (oidPartner === undefined || file === undefined) {
    throw usage('--merchant takes OID_PARTNER=PUBLIC_KEY_FILE, with 18 digits before the =.')
  }
  const publicKey = new TextDecoder().decode(readFile(file, 'The public key of --merchant'))
  return { oidPartner, publicKey }
}

async function readCardsFile(file: string): Promise<SandboxCard[]> {
  const text = new TextDecoder().decode(readFile(file, 'The file of --cards'))
  try {
    return await readCards(text)
  } catch (error) {
    throw error instanceof Error ? usage(`--cards: ${error.message}`) : error
  }
}

/** The cards of the flags; one to try things with where there are none. */
async function gatherCards({ flags }: Invocation): Promise<SandboxCard[]> {
  const named = flags.values('card').map((card) => parseCard(card, '--card'))
  const files = await Promise.all(flags.values('cards').map(readCardsFile))
  const cards = [...named, ...files.flat()]
  return cards.length > 0 ? cards : [parseCard(DEMO_CARD, '--card')]
}

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
  output.line(`Console: ${url}/`)
  output.line('')
  output.line(`The sandbox listens on ${url}. In another terminal:`)
  output.line('')
  for (const [name, value] of Object.entries(env)) output.line(`  export ${name}=${value}`)
  for (const card of shown) output.line(`  ${escapeText(unbindCommand(card))}`)
  output.line('')
  if (cards.length > shown.length) {
    output.line(`${cards.length} cards are bound. To list them: llpay sandbox cards list`)
  }
  output.line(`For card apply-bind and verify-bind: the code of every SMS is ${SANDBOX_SMS_CODE}.`)
  output.line('')
}

/** Opens the console in the browser; without one, its address was printed. */
async function openConsole({ env, output }: Invocation, url: string): Promise<void> {
  if (await openPage(`${url}/`, { platform: process.platform, env })) return
  output.tell('careful', 'note', 'No browser can be opened here: open the address of the console.')
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true })
  })
}

async function start(invocation: Invocation, keys: string): Promise<StartedSandbox> {
  const { flags, output } = invocation
  const stateFile = flags.value('state')
  return startSandbox({
    port: parsePort(flags.value('port') ?? String(DEFAULT_PORT)),
    host: flags.value('listen') ?? LOOPBACK,
    keys,
    oidPartner: flags.value('oid-partner') ?? OID_PARTNER,
    merchants: flags.values('merchant').map(parseMerchant),
    cards: await gatherCards(invocation),
    strict: flags.has('strict'),
    ...(stateFile === undefined ? {} : { stateFile }),
    onRequest: (entry) => output.talk('faint', escapeText(formatLogLine(entry))),
  })
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, signal } = invocation
  const plays = flags.values('scenario').map(parsePlay)
  if ((flags.value('listen') ?? LOOPBACK) !== LOOPBACK) {
    output.tell('careful', 'warning', 'Everyone who can reach this address can use the sandbox.')
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
    {
      name: 'port',
      value: 'N',
      summary: `Port to listen on; 0 takes a free one (default: ${DEFAULT_PORT})`,
    },
    {
      name: 'listen',
      value: 'ADDRESS',
      summary: 'Address to listen on; others can reach any but the default (default: 127.0.0.1)',
    },
    {
      name: 'keys',
      value: 'FOLDER',
      summary:
        'Keep the keys in this folder, readable by their owner only; nothing in it is overwritten (default: keys for this run)',
    },
    {
      name: 'oid-partner',
      value: 'N',
      summary: `Merchant number, 18 digits (default: ${OID_PARTNER})`,
    },
    {
      name: 'merchant',
      value: 'OID_PARTNER=PUBLIC_KEY_FILE',
      summary: 'A merchant that signs with a key of its own (repeatable)',
      multiple: true,
    },
    {
      name: 'card',
      value: CARD_ARGUMENT,
      summary: 'A card that is bound (repeatable)',
      multiple: true,
    },
    {
      name: 'cards',
      value: 'FILE',
      summary:
        'Bind the cards of a file: CSV whose first line names the columns, or one JSON object a line (repeatable)',
      multiple: true,
    },
    {
      name: 'state',
      value: 'FILE',
      summary: 'Keep the bound cards in this file; once it exists, --card and --cards bind nothing',
    },
    {
      name: 'scenario',
      value: '[ENDPOINT=]NAME',
      summary: 'How to misbehave, everywhere or at one endpoint; see below (repeatable)',
      multiple: true,
    },
    { name: 'open', summary: 'Open the console in the browser' },
    { name: 'strict', summary: 'Refuse unknown and empty members, which LianLian ignores' },
  ],
  notes: [
    'Scenarios, also for one request in the header x-llpay-scenario:',
    scenarioNames().map((name): Row => [name, SCENARIOS[name].summary]),
  ],
  run,
}
