import { replyWith, type GatewayReply } from '../gateway/gateway-reply.ts'
import type { ScenarioName } from './parse-scenario.ts'

/**
 * Thrown by the sandbox's `fetch` instead of a response: the server must close the connection
 * without one.
 */
export class SandboxConnectionClosed extends Error {
  override get name(): 'SandboxConnectionClosed' {
    return 'SandboxConnectionClosed'
  }
}

/** A reply's members as they are sent. */
type SentMembers = Readonly<Record<string, unknown>>

/** What the sandbox sends back. */
export interface ScenarioResponse {
  readonly status: number
  readonly body: string
}

/** @deprecated Use {@link ScenarioResponse}. */
export type Sent = ScenarioResponse

/** What a scenario can do with a request. */
export interface ScenarioContext {
  /** What stands behind the scenario's colon, or its default. */
  readonly argument: string
  /** Checks and carries out the request; the reply is not sent yet. */
  readonly process: () => Promise<GatewayReply>
  /** Turns a reply into members, signed where LianLian would sign. */
  readonly seal: (reply: GatewayReply) => Promise<SentMembers>
  /** The same, signed with a key that is not the gateway's. */
  readonly sealWithOtherKey: (reply: GatewayReply) => Promise<SentMembers>
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** @deprecated Use {@link ScenarioContext}. */
export type Stage = ScenarioContext

/** A scenario: how the sandbox responds to one request. */
export interface Scenario {
  /** What it plays, for help. */
  readonly summary: string
  readonly play: (context: ScenarioContext) => Promise<ScenarioResponse>
}

const send = (body: string): ScenarioResponse => ({ status: 200, body })

const sendMembers = (members: SentMembers) => send(JSON.stringify(members))

async function closeConnection(): Promise<never> {
  throw new SandboxConnectionClosed('the scenario closes the connection')
}

/** Every scenario by name; `parse-scenario.ts` says what stands behind a colon. */
export const SCENARIOS: Readonly<Record<Exclude<ScenarioName, 'usual'>, Scenario>> = {
  normal: {
    summary: 'reply as the gateway would',
    play: async ({ process, seal }) => sendMembers(await seal(await process())),
  },
  'close-before': {
    summary: 'close the connection before anything is done',
    play: closeConnection,
  },
  'close-after': {
    summary: 'carry the request out, then close the connection',
    play: async ({ process }) => {
      await process()
      return closeConnection()
    },
  },
  slow: {
    summary: 'carry the request out, and reply after N milliseconds (slow:3000)',
    play: async ({ argument, process, seal, sleep }) => {
      const members = await seal(await process())
      await sleep(Number(argument))
      return sendMembers(members)
    },
  },
  late: {
    summary: 'carry the request out and reply only after N milliseconds (late:3000)',
    play: async ({ argument, process, seal, sleep }) => {
      await sleep(Number(argument))
      return sendMembers(await seal(await process()))
    },
  },
  tampered: {
    summary: 'alter the reply after it was signed',
    play: async ({ process, seal }) => {
      const members = await seal(await process())
      return sendMembers({ ...members, ret_msg: `${String(members['ret_msg'])}.` })
    },
  },
  unsigned: {
    summary: 'leave the signature out, also on success',
    play: async ({ process }) => sendMembers((await process()).members),
  },
  'wrong-key': {
    summary: "sign with a key that is not the gateway's",
    play: async ({ process, sealWithOtherKey }) =>
      sendMembers(await sealWithOtherKey(await process())),
  },
  'other-user': {
    summary: 'name another customer in a reply that names one',
    play: async ({ process, seal }) => {
      const reply = await process()
      const { user_id } = reply.members
      const members = user_id === undefined ? {} : { user_id: `${user_id}.` }
      return sendMembers(await seal({ ...reply, members: { ...reply.members, ...members } }))
    },
  },
  code: {
    summary:
      'do nothing, and reply with a return code (code:9999, code:4000:signed, or code:4000:forged)',
    play: async ({ argument, seal, sealWithOtherKey }) => {
      const [returnCode = '', how] = argument.split(':')
      const reply = replyWith(returnCode, { signed: how !== undefined })
      return sendMembers(await (how === 'forged' ? sealWithOtherKey : seal)(reply))
    },
  },
  status: {
    summary: 'do nothing, and respond with an HTTP status (status:503)',
    play: async ({ argument }) => ({ status: Number(argument), body: '' }),
  },
  'status-after': {
    summary: 'carry the request out, and respond with an HTTP status (status-after:502)',
    play: async ({ argument, process }) => {
      await process()
      return { status: Number(argument), body: '' }
    },
  },
  html: {
    summary: 'carry the request out, and send a page of HTML',
    play: async ({ process }) => {
      await process()
      return send('<html><body>Bad gateway</body></html>')
    },
  },
  truncated: {
    summary: 'carry the request out, and send half of the reply',
    play: async ({ process, seal }) => {
      const text = JSON.stringify(await seal(await process()))
      return send(text.slice(0, text.length / 2))
    },
  },
  duplicate: {
    summary: 'carry the request out, and send ret_code twice',
    play: async ({ process, seal }) => {
      const text = JSON.stringify(await seal(await process()))
      return send(text.replace('{', '{"ret_code":"0000",'))
    },
  },
}
