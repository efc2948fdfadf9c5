import type { Api, Clock } from '@llpay/core'
import { catalogue, decodeUtf8 } from '@llpay/core/adapter'
import type { Signer } from '@llpay/core/signing'

import { asControlError, ControlError } from '../control/control-error.ts'
import { readBody } from '../control/read-body.ts'
import type { JournalEntry, RequestRecord, Journal } from '../journal/journal.ts'
import { parseScenario, type ParsedScenario } from '../scenarios/parse-scenario.ts'
import {
  SandboxConnectionClosed,
  SCENARIOS,
  type ScenarioResponse,
} from '../scenarios/scenarios.ts'
import type { SandboxState } from '../state/sandbox-state.ts'
import { behaviourOf } from './behaviours.ts'
import { checkRequest, completeChecks } from './check-request.ts'
import type { Partner } from './check-signature.ts'
import { type GatewayReply, seal } from './gateway-reply.ts'
import { readMessage, type ReceivedRequest } from './read-message.ts'

/** What the gateway depends on. */
export interface GatewayParts {
  readonly state: SandboxState
  readonly journal: Journal
  readonly partners: readonly Partner[]
  readonly gatewaySigner: Signer
  readonly otherSigner: Signer
  readonly clock: Clock
  readonly strict: boolean
  readonly signal: AbortSignal | undefined
  readonly saveCards: () => Promise<void>
  readonly onRequest: (entry: JournalEntry) => void
}

type Draft = { -readonly [Name in keyof RequestRecord]: RequestRecord[Name] }

/** What was sent, with its additional headers; `undefined` for a dropped connection. */
interface Exchange {
  readonly entry: JournalEntry
  readonly sent:
    | (ScenarioResponse & { readonly headers?: Readonly<Record<string, string>> })
    | undefined
}

const SCENARIO_HEADER = 'x-llpay-scenario'
const CONTENT_TYPE = 'application/json;charset=utf-8'
const WITHOUT_BODY = [204, 205, 304]

const NORMAL = 'normal'

/** LianLian's endpoints: checks, carries out and records requests. */
export class Gateway {
  readonly #parts: GatewayParts
  readonly #apis: readonly Api[]

  constructor(parts: GatewayParts) {
    this.#parts = parts
    this.#apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  }

  /**
   * Responds to a request as LianLian would.
   *
   * @param refusal responds with this error instead; the request is recorded all the same.
   * @throws {SandboxConnectionClosed} where the connection must be closed without a response.
   */
  async serve(request: Request, refusal?: ControlError): Promise<Response> {
    const { sent } = await this.#exchange(request, refusal)
    if (sent === undefined) throw new SandboxConnectionClosed('the scenario closes the connection')
    const { body, status, headers } = sent
    return new Response(WITHOUT_BODY.includes(status) ? null : body, {
      status,
      headers: { 'content-type': CONTENT_TYPE, ...headers },
    })
  }

  /** Sends a message to an endpoint, and returns what was recorded. */
  async replay(path: string, body: string): Promise<JournalEntry> {
    const request = new Request(new URL(path, 'http://localhost'), { method: 'POST', body })
    return (await this.#exchange(request)).entry
  }

  /** The signer of a merchant whose private key the sandbox has. */
  signerOf(oidPartner: string | undefined): Signer | undefined {
    return this.#parts.partners.find((partner) => partner.oidPartner === oidPartner)?.signer
  }

  async #exchange(request: Request, refusal?: ControlError): Promise<Exchange> {
    const { pathname, search } = new URL(request.url)
    const api = this.#apis.find(({ path }) => pathname.endsWith(path))
    const draft: Draft = {
      at: this.#parts.clock.now(),
      api: api?.id ?? null,
      method: request.method,
      path: pathname + search,
      status: null,
      body: null,
      members: {},
      checks: completeChecks([]),
      canonical: null,
      signed: null,
      reply: null,
      ret_code: null,
      scenario: NORMAL,
      durationMs: 0,
    }
    let sent: Exchange['sent']
    try {
      if (refusal !== undefined) throw refusal
      sent = await this.#respond(request, api, draft)
    } catch (error) {
      if (!(error instanceof SandboxConnectionClosed)) {
        const { status, body, headers } = asControlError(error)
        sent = { status, body, headers }
      }
    }
    draft.status = sent?.status ?? null
    draft.reply = sent?.body ?? null
    draft.durationMs = this.#parts.clock.now() - draft.at
    const entry = this.#parts.journal.add(draft)
    this.#parts.onRequest(entry)
    return { entry, sent }
  }

  async #respond(request: Request, api: Api | undefined, draft: Draft): Promise<ScenarioResponse> {
    if (api === undefined) throw new ControlError(404, 'The sandbox has no such endpoint.')
    if (request.method !== 'POST') {
      throw new ControlError(405, 'LianLian takes POST only.', { allow: 'POST' })
    }
    const asked = request.headers.get(SCENARIO_HEADER)
    const fromHeader = asked === null ? undefined : parseScenario(asked)
    const body = decodeUtf8(await receive(request))
    draft.body = body ?? null
    const message = readMessage(body)
    if (typeof message !== 'string') {
      draft.members = message.texts
      draft.canonical = message.canonical
    }
    const scenario = fromHeader ?? this.#armedFor(api, draft)
    draft.scenario = scenario.text
    const { gatewaySigner, otherSigner, clock, signal } = this.#parts
    const sealWith = (signer: Signer) => (reply: GatewayReply) => {
      draft.ret_code ??= reply.members['ret_code'] ?? null
      return seal(reply, signer)
    }
    return SCENARIOS[scenario.name].play({
      argument: scenario.argument,
      process: () => this.#process(api, message, draft),
      seal: sealWith(gatewaySigner),
      sealWithOtherKey: sealWith(otherSigner),
      sleep: (milliseconds) => sleepOpen(clock, milliseconds, signal),
    })
  }

  #armedFor(api: Api, { members }: Draft): ParsedScenario {
    const { user_id, no_agree } = members
    const armed = this.#parts.state.scenarios.take({ api: api.id, user_id, no_agree })
    return armed ?? parseScenario(NORMAL)
  }

  /** Checks a message and carries it out. */
  async #process(api: Api, message: ReceivedRequest | string, draft: Draft): Promise<GatewayReply> {
    const { partners, strict, state, saveCards } = this.#parts
    const { checks, refusal, signed } = await checkRequest(api, message, { partners, strict })
    draft.signed = signed
    draft.checks = completeChecks(checks)
    if (refusal !== undefined || typeof message === 'string') {
      const reply = refusal ?? { members: {}, signed: false }
      draft.ret_code = reply.members['ret_code'] ?? null
      return reply
    }
    const before = state.cards.version
    const { reply, why } = behaviourOf(api)(message.texts, state)
    if (state.cards.version !== before) await saveCards()
    const ok = why === undefined
    draft.checks = completeChecks([...checks, { name: 'state', ok, ...(ok ? {} : { why }) }])
    draft.ret_code = reply.members['ret_code'] ?? null
    return reply
  }
}

/** Waits, unless the sandbox closes meanwhile. */
async function sleepOpen(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (error) {
    if (signal?.aborted !== true) throw error
  }
  if (signal?.aborted === true) throw new SandboxConnectionClosed('the sandbox is closing')
}

async function receive(request: Request): Promise<Uint8Array> {
  try {
    return await readBody(request)
  } catch (error) {
    if (error instanceof ControlError) throw error
    throw new SandboxConnectionClosed('the client went away before the body had arrived')
  }
}
