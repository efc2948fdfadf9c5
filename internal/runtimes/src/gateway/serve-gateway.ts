import type { IncomingMessage, ServerResponse } from 'node:http'

import {
  bodyOf,
  plainSigner,
  plainVerifier,
  serve,
  vectorKey,
  type LocalServer,
} from '@internal/vectors'
import { createSandbox, SandboxConnectionClosed, type Sandbox } from '@llpay/sandbox'

import { OID_PARTNER } from '../suite/merchant.ts'
import { openConnectionPlays } from './connection-plays.ts'

type Reply = ServerResponse

const PAGE = '<!doctype html><meta charset="utf-8"><title>llpay</title>'
const CHUNK = ' '.repeat(65_536)

/** Serves a page, and whatever files the browser needs. */
const pages: Record<string, string> = { '/': PAGE }

function drip(response: Reply): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 20)
  response.once('close', () => clearInterval(timer))
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

/** Which scenario a request is answered with. */
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
 * behaviour, or a scenario of the sandbox. The card of a request is bound before it is played.
 */
export async function serveGateway(): Promise<Gateway> {
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(vectorKey('k2048').pkcs8Pem),
    partners: [{ oidPartner: OID_PARTNER, verifier: plainVerifier(vectorKey('k1024').spkiPem) }],
  })
  const playsWithConnections = openConnectionPlays()
  const server = await serve((request, response) => {
    const path = request.url ?? '/'
    const page = pages[path]
    if (request.method === 'GET') {
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page)
      return
    }
    const [, name = ''] = path.split('/')
    if (playsWithConnections(request)) return
    const behave = BEHAVIOURS[name]
    if (behave === undefined) void play(sandbox, name, request, response)
    else behave(response)
  })
  return Object.assign(server, {
    publish(path: string, text: string) {
      pages[path] = text
    },
  })
}
