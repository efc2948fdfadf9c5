import type { Api, FetchInit } from '@llpay/core'
import { catalogue, signMembers } from '@llpay/core/adapter'
import { ALGORITHMS, type Signer } from '@llpay/core/signing'

import type { Answer } from './answer.ts'
import { behaviourOf } from './behaviours.ts'
import { passGate } from './gate.ts'
import type { Partner } from './partner.ts'
import { findScenario, type Stage } from './scenarios.ts'
import { SandboxState, type SandboxRequest } from './state.ts'

/** What a sandbox is made of; the host supplies the keys. */
export interface SandboxOptions {
  /** Signs the answers, as LianLian does. */
  readonly gatewaySigner: Signer
  /** The merchants that are known. */
  readonly partners: readonly Partner[]
  /** Signs the answers of the scenario `wrong-key`. */
  readonly otherSigner?: Signer
  /** Tells the time, in milliseconds since 1970. */
  readonly clock?: () => number
}

/** A gateway on one's own machine. */
export interface Sandbox {
  /**
   * Answers a request as the gateway would. It can stand in for a client's `fetch`, and any server
   * that takes a fetch handler can serve it.
   */
  readonly fetch: (input: Request | string, init?: FetchInit) => Promise<Response>
  readonly state: SandboxState
  /** Every request that was answered, oldest first. */
  readonly requests: readonly SandboxRequest[]
}

const SCENARIO_HEADER = 'x-llpay-scenario'

const plain = (status: number, text: string) => new Response(`${text}\n`, { status })

function findApi(url: string): Api | undefined {
  const { pathname } = new URL(url)
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  return apis.find(({ path }) => pathname.endsWith(path))
}

async function seal(answer: Answer, signer: Signer): Promise<Record<string, unknown>> {
  if (!answer.signed) return { ...answer.members }
  const members = { ...answer.members, sign_type: ALGORITHMS[signer.algorithm].signType }
  const { sign } = await signMembers(members, signer)
  return { ...answer.unsigned, ...members, sign }
}

/**
 * Makes a LianLian gateway that checks requests like the real one, keeps bound cards, and can be
 * told to misbehave. It is for tests and demonstrations; it is no oracle for signatures, since it is
 * made of the same code as the client.
 *
 * @example
 * import { createSandbox } from '@llpay/sandbox'
 * import { createClient, createSigner, createVerifier } from '@llpay/node'
 * declare const keys: { merchant: string; merchantPublic: string; gateway: string; gatewayPublic: string }
 * const oidPartner = '201304121000001004'
 * const sandbox = createSandbox({
 *   gatewaySigner: await createSigner(keys.gateway, 'MD5withRSA'),
 *   partners: [{ oidPartner, verifier: await createVerifier(keys.merchantPublic, 'MD5withRSA') }],
 * })
 * sandbox.state.cards.bind({ oid_partner: oidPartner, user_id: 'u1', no_agree: '2014031710002121' })
 * const client = createClient({
 *   oidPartner,
 *   privateKey: keys.merchant,
 *   gatewayPublicKey: keys.gatewayPublic,
 *   baseUrl: 'http://localhost',
 *   fetch: sandbox.fetch,
 * })
 * const { outcome } = await client.card.unbind({ user_id: 'u1', no_agree: '2014031710002121' })
 * console.log(outcome)
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { gatewaySigner, otherSigner, partners, clock = Date.now } = options
  const state = new SandboxState(clock)
  const requests: SandboxRequest[] = []

  async function process(api: Api, text: string, scenario: string): Promise<Answer> {
    const verdict = await passGate(api, text, partners)
    const members = 'members' in verdict ? verdict.members : {}
    const answer = 'members' in verdict ? behaviourOf(api)(verdict.members, state) : verdict.refusal
    requests.push({
      at: clock(),
      api: api.id,
      members,
      ret_code: answer.members['ret_code'],
      scenario,
    })
    return answer
  }

  return {
    state,
    requests,
    fetch: async (input, init) => {
      const request = typeof input === 'string' ? new Request(input, init) : input
      if (request.method !== 'POST') return plain(405, 'LianLian takes POST only.')
      const api = findApi(request.url)
      if (api === undefined) return plain(404, 'The sandbox has no such endpoint.')
      const name = request.headers.get(SCENARIO_HEADER) ?? state.scenarioFor(api.id) ?? 'usual'
      const found = findScenario(name)
      if (found === undefined) return plain(400, 'The sandbox has no such scenario.')
      const text = await request.text()
      const stage: Stage = {
        argument: found.argument,
        process: () => process(api, text, name),
        seal: (answer) => seal(answer, gatewaySigner),
        sealWithOtherKey: (answer) => {
          if (otherSigner === undefined) throw new Error('wrong-key needs the option otherSigner')
          return seal(answer, otherSigner)
        },
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      }
      return found.scenario.play(stage)
    },
  }
}
