import { answer, type Answer } from './answer.ts'
import { SandboxConnectionClosed } from './connection-closed.ts'

/** What a scenario can do with a request. */
export interface Stage {
  /** What stands behind the scenario's colon, if anything. */
  readonly argument: string | undefined
  /** Checks and carries out the request as usual; the answer is not sent yet. */
  readonly process: () => Promise<Answer>
  /** Turns an answer into reply members, signed where LianLian would sign. */
  readonly seal: (answer: Answer) => Promise<Readonly<Record<string, unknown>>>
  /** The same, signed with a key that is not the gateway's. */
  readonly sealWithOtherKey: (answer: Answer) => Promise<Readonly<Record<string, unknown>>>
  readonly wait: (milliseconds: number) => Promise<void>
}

/** A scenario: how one request is answered. */
export interface Scenario {
  /** What it plays, for the help text. */
  readonly summary: string
  readonly play: (stage: Stage) => Promise<Response>
}

const HEADERS = { 'content-type': 'application/json;charset=utf-8' }
const DEFAULT_DELAY_MS = 3000

/** Sends text as the gateway sends it. */
const send = (body: string) => new Response(body, { headers: HEADERS })

const sendMembers = (members: Readonly<Record<string, unknown>>) => send(JSON.stringify(members))

async function closed(): Promise<never> {
  throw new SandboxConnectionClosed('the scenario closes the connection')
}

/** Answers as the gateway would. */
const usual: Scenario = {
  summary: 'answer as usual',
  play: async ({ process, seal }) => sendMembers(await seal(await process())),
}

/** Every scenario by name. An argument follows a colon: `slow:5000`, `code:9999`. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ['usual', usual],
  ['close-before', { summary: 'close the connection before anything is done', play: closed }],
  [
    'close-after',
    {
      summary: 'carry the request out, then close the connection',
      play: async ({ process }) => {
        await process()
        return closed()
      },
    },
  ],
  [
    'slow',
    {
      summary: 'carry the request out, and answer after so many milliseconds (slow:3000)',
      play: async ({ argument, process, seal, wait }) => {
        const members = await seal(await process())
        await wait(Number(argument ?? DEFAULT_DELAY_MS))
        return sendMembers(members)
      },
    },
  ],
  [
    'late',
    {
      summary: 'carry the request out and answer after so many milliseconds only (late:3000)',
      play: async ({ argument, process, seal, wait }) => {
        await wait(Number(argument ?? DEFAULT_DELAY_MS))
        return sendMembers(await seal(await process()))
      },
    },
  ],
  [
    'tampered',
    {
      summary: 'alter the answer after it was signed',
      play: async ({ process, seal }) => {
        const members = await seal(await process())
        return sendMembers({ ...members, ret_msg: `${String(members['ret_msg'])}.` })
      },
    },
  ],
  [
    'unsigned',
    {
      summary: 'leave the signature out, also on success',
      play: async ({ process }) => sendMembers((await process()).members),
    },
  ],
  [
    'wrong-key',
    {
      summary: "sign with a key that is not the gateway's",
      play: async ({ process, sealWithOtherKey }) =>
        sendMembers(await sealWithOtherKey(await process())),
    },
  ],
  [
    'other-user',
    {
      summary: 'name another customer in an answer that names one',
      play: async ({ process, seal }) => {
        const usually = await process()
        const { user_id } = usually.members
        const members = user_id === undefined ? {} : { user_id: `${user_id}.` }
        return sendMembers(await seal({ ...usually, members: { ...usually.members, ...members } }))
      },
    },
  ],
  [
    'code',
    {
      summary:
        'do nothing, and answer with a return code (code:9999, code:4000:signed, or code:4000:forged)',
      play: async ({ argument = '9999', seal, sealWithOtherKey }) => {
        const [returnCode = '', how] = argument.split(':')
        const signed = how === 'signed' || how === 'forged'
        const sealing = how === 'forged' ? sealWithOtherKey : seal
        return sendMembers(await sealing(answer(returnCode, { signed })))
      },
    },
  ],
  [
    'status',
    {
      summary: 'do nothing, and answer with an HTTP status (status:503)',
      play: async ({ argument = '503' }) => new Response('', { status: Number(argument) }),
    },
  ],
  [
    'status-after',
    {
      summary: 'carry the request out, and answer with an HTTP status (status-after:502)',
      play: async ({ argument = '502', process }) => {
        await process()
        return new Response('', { status: Number(argument) })
      },
    },
  ],
  [
    'html',
    {
      summary: 'carry the request out, and answer with a page of HTML',
      play: async ({ process }) => {
        await process()
        return send('<html><body>Bad gateway</body></html>')
      },
    },
  ],
  [
    'truncated',
    {
      summary: 'carry the request out, and send half of the answer',
      play: async ({ process, seal }) => {
        const text = JSON.stringify(await seal(await process()))
        return send(text.slice(0, text.length / 2))
      },
    },
  ],
  [
    'duplicate',
    {
      summary: 'carry the request out, and send ret_code twice',
      play: async ({ process, seal }) => {
        const text = JSON.stringify(await seal(await process()))
        return send(text.replace('{', '{"ret_code":"0000",'))
      },
    },
  ],
])

/** Finds a scenario by what a user wrote: its name, and an argument behind a colon. */
export function findScenario(
  text: string,
): { readonly scenario: Scenario; readonly argument: string | undefined } | undefined {
  const [name = '', ...rest] = text.split(':')
  const scenario = SCENARIOS.get(name)
  if (scenario === undefined) return undefined
  return { scenario, argument: rest.length === 0 ? undefined : rest.join(':') }
}
