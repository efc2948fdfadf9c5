import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'

/** What happened in one play; the second part of its paths is its name. */
interface Stage {
  readonly paths: string[]
  readonly said: { readonly socket: Socket; readonly body: string }[]
}

type Act = (path: string, socket: Socket, stage: Stage) => void

const UNBIND = 'bankcardunbind.htm'
const sealed = (members: Readonly<Record<string, string>>) =>
  JSON.stringify(withSign({ sign_type: 'RSA', ...members }, vectorKey('k2048').pkcs8Pem))
const done = () => sealed({ ret_code: '0000', ret_msg: '交易成功' })
const refused = () => sealed({ ret_code: '1008', ret_msg: '商户未开通' })
const absent = () => JSON.stringify({ ret_code: '8901', ret_msg: '没有记录' })

/** Writes a reply and leaves the connection open, whatever the request asked for. */
function say(body: string, socket: Socket, { said }: Stage): void {
  const length = Buffer.byteLength(body)
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\nconnection: keep-alive\r\n\r\n${body}`,
  )
  said.push({ socket, body })
}

/** Repeats the last reply where it was said, and then says another. */
function sayLate(body: string, socket: Socket, stage: Stage): void {
  const late = stage.said.at(-1)
  if (late?.socket.writable === true) say(late.body, late.socket, stage)
  say(body, socket, stage)
}

const ACTS: Readonly<Record<string, Act>> = {
  /** Carries the change out and closes; replies everything else and keeps the connection. */
  'execute-and-close': (path, socket, stage) =>
    path.endsWith(UNBIND) ? socket.destroy() : say(absent(), socket, stage),
  /** Unbinds one card, refuses the next, and repeats the first success when the second is asked for. */
  'late-success': (_, socket, stage) =>
    sayLate(stage.said.length === 0 ? done() : refused(), socket, stage),
  /** Lists nothing, and repeats that when a card is unbound. */
  'late-list': (path, socket, stage) =>
    sayLate(path.endsWith(UNBIND) ? done() : absent(), socket, stage),
  /** Sends interim responses that nobody asked for before the reply. */
  'interim-first': (_, socket, stage) => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n')
    say(done(), socket, stage)
  },
  /** Tells how often a change arrived. */
  changes: (_, socket, stage) =>
    say(String(stage.paths.filter((path) => path.endsWith(UNBIND)).length), socket, stage),
}

/**
 * Opens what a gateway does with its connections rather than with its replies. A path names what is
 * played and a stage, `/late-success/STAGE/...`; a stage remembers what was said on it.
 */
export function openConnectionPlays(): (request: IncomingMessage) => boolean {
  const stages = new Map<string, Stage>()
  return (request) => {
    const { url = '/', socket } = request
    const [, play = '', name = ''] = url.split('/')
    const act = ACTS[play]
    if (act === undefined) return false
    const stage = stages.get(name) ?? { paths: [], said: [] }
    stages.set(name, stage)
    request.resume().once('end', () => {
      stage.paths.push(url)
      act(url, socket, stage)
    })
    return true
  }
}
