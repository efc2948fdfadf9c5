import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { bodyOf, serve, type LocalServer } from '@internal/testkit/local-server'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { withSign, plainSigner, plainVerifier } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { createSandbox, SandboxConnectionClosed, type Sandbox } from '@llpay/sandbox'

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
    const [, kind = '', name = ''] = url.split('/')
    const act = ACTS[kind]
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

type Reply = ServerResponse

const PAGE = '<!doctype html><meta charset="utf-8"><title>llpay</title>'
const CHUNK = ' '.repeat(65_536)

/** Serves a page, and whatever files the browser needs. */
const pages: Record<string, string> = { '/': PAGE }

/** Writes bytes of a body that never ends, the next one when the last has left. */
function drip(response: Reply): void {
  response.writeHead(200)
  const next = () => {
    if (!response.destroyed) response.write(' ', () => setImmediate(next))
  }
  next()
}

function flood(response: Reply): void {
  const write = () => {
    while (!response.destroyed && response.write(CHUNK));
    if (!response.destroyed) response.once('drain', write)
  }
  write()
}

/** What the gateway does for a path that begins with a name, without looking at the request. */
const BEHAVIOURS: Readonly<Record<string, (response: Reply) => void>> = {
  redirect: (response) => response.writeHead(302, { location: '/usual' }).end(),
  silent: () => undefined,
  reset: (response) => response.destroy(),
  huge: flood,
  drip,
}

/** Tells who asks that a request has come in for which nothing ends: each is reported once. */
class Arrivals {
  readonly #untold: string[] = []
  readonly #asking: { readonly name: string; readonly reply: Reply }[] = []

  note(name: string): void {
    this.#untold.push(name)
    this.#tell()
  }

  ask(name: string, reply: Reply): void {
    this.#asking.push({ name, reply })
    this.#tell()
  }

  #tell(): void {
    for (const asking of this.#asking.splice(0)) {
      const place = this.#untold.indexOf(asking.name)
      if (place < 0) {
        this.#asking.push(asking)
        continue
      }
      this.#untold.splice(place, 1)
      asking.reply.end()
    }
  }
}

/** Binds the card that a request names, so that there is one to unbind. */
function bindNamed(sandbox: Sandbox, body: string): void {
  const { oid_partner, user_id, no_agree }: Record<string, string | undefined> = JSON.parse(body)
  if (oid_partner && user_id && no_agree)
    sandbox.state.cards.bind({ oid_partner, user_id, no_agree })
}

/** Under this name the `user_id` of a change says which scenario is played; lists are as usual. */
const BY_USER = 'by-user'
const CHANGE = /\/bankcardunbind\.htm$/

const userOf = (body: string): string => {
  const { user_id }: Record<string, string | undefined> = JSON.parse(body)
  return user_id ?? 'usual'
}

/** The scenario that replies to a request. */
function scenarioOf(name: string, path: string, body: string): string {
  if (name !== BY_USER) return name
  return CHANGE.test(path) ? userOf(body) : 'unbound-before'
}

async function play(sandbox: Sandbox, name: string, request: IncomingMessage, reply: Reply) {
  const body = await bodyOf(request)
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const scenario = scenarioOf(name, pathname, body)
  if (scenario !== 'unbound-before') bindNamed(sandbox, body)
  const headers = scenario === 'unbound-before' ? {} : { 'x-llpay-scenario': scenario }
  try {
    const answer = await sandbox.fetch(
      new Request(`http://localhost${pathname}`, { method: 'POST', body, headers }),
    )
    reply.writeHead(answer.status).end(await answer.text())
  } catch (error) {
    if (!(error instanceof SandboxConnectionClosed)) console.error(error)
    reply.destroy()
  }
}

/** A gateway on this machine, and the pages that it serves to a browser. */
export interface Gateway extends LocalServer {
  /** Serves a text at a path from now on. */
  publish(path: string, text: string): void
}

/**
 * Serves the sandbox and some ill behaviour over http. The first part of a path says which: a
 * behaviour, or a scenario of the sandbox. The card of a request is bound before it is played. A GET of
 * `/arrived/BEHAVIOUR` is replied when such a request has come in.
 */
export async function serveGateway(): Promise<Gateway> {
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(vectorKey('k2048').pkcs8Pem),
    partners: [{ oidPartner: OID_PARTNER, verifier: plainVerifier(vectorKey('k1024').spkiPem) }],
  })
  const playsWithConnections = openConnectionPlays()
  const arrivals = new Arrivals()
  const server = await serve((request, response) => {
    const path = request.url ?? '/'
    const page = pages[path]
    const [, name = '', asked = ''] = path.split('/')
    if (request.method === 'GET' && name === 'arrived') {
      arrivals.ask(asked, response)
      return
    }
    if (request.method === 'GET') {
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page)
      return
    }
    if (playsWithConnections(request)) return
    const behave = BEHAVIOURS[name]
    if (behave === undefined) {
      void play(sandbox, name, request, response)
      return
    }
    behave(response)
    arrivals.note(name)
  })
  return Object.assign(server, {
    publish(path: string, text: string) {
      pages[path] = text
    },
  })
}
