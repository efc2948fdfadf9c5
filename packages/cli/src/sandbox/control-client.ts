import { ConfigError, TransportError } from '@llpay/core'
import { parseBaseUrl } from '@llpay/core/adapter'

import type { Flag } from '../args/flag.ts'
import type { Invocation } from '../commands/command.ts'
import { readVariable } from '../config/environment.ts'

/** The port of a sandbox that is started without `--port`. */
export const DEFAULT_PORT = 8090

const DEFAULT_URL = `http://127.0.0.1:${DEFAULT_PORT}`

/** The flag of every command that talks to a running sandbox. */
export const BASE_URL_FLAG: Flag = {
  name: 'base-url',
  value: 'URL',
  summary: `Where the sandbox listens (default: LLPAY_BASE_URL, else ${DEFAULT_URL})`,
}

interface ControlCall {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** What stands behind `/_sandbox/`. */
  readonly path: string
  readonly body?: object
}

function controlUrl({ flags, env }: Invocation, path: string): string {
  const base = flags.value('base-url') ?? readVariable(env, 'LLPAY_BASE_URL') ?? DEFAULT_URL
  return `${parseBaseUrl(base).href.replace(/\/+$/, '')}/_sandbox/${path}`
}

async function send(invocation: Invocation, { method = 'GET', path, body }: ControlCall) {
  const url = controlUrl(invocation, path)
  try {
    return await fetch(url, {
      method,
      redirect: 'error',
      signal: invocation.signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch (cause) {
    if (invocation.signal.aborted) throw interrupted(cause)
    throw new TransportError(
      'ERR_TRANSPORT_CONNECT',
      'No sandbox answers there. Start one with: llpay sandbox; if it has another port, name it with --base-url or LLPAY_BASE_URL.',
      { delivered: 'no', cause },
    )
  }
}

function interrupted(cause: unknown): TransportError {
  return new TransportError('ERR_TRANSPORT_ABORTED', 'Interrupted.', { delivered: 'no', cause })
}

interface ControlProblem {
  readonly error?: { readonly message?: string }
}

/** What a sandbox says of a request that it refuses; another server may say anything. */
async function problemOf(response: Response): Promise<ConfigError> {
  const text = await response.text()
  let message: string | undefined
  try {
    const problem: ControlProblem = JSON.parse(text)
    message = problem.error?.message
  } catch {
    message = undefined
  }
  return new ConfigError(
    'ERR_CONFIG_INVALID',
    message === undefined
      ? `What answers there is not a sandbox (HTTP ${response.status}). Check --base-url and LLPAY_BASE_URL.`
      : `The sandbox refused: ${message}`,
  )
}

async function exchange(invocation: Invocation, call: ControlCall): Promise<Response> {
  const response = await send(invocation, call)
  if (!response.ok) throw await problemOf(response)
  return response
}

/**
 * Calls the control API of a running sandbox.
 *
 * @returns the JSON object of its response; an empty one for 204.
 * @throws {TransportError} `ERR_TRANSPORT_CONNECT` where none answers.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where it refuses, or is not a sandbox.
 */
export async function callControl<T>(invocation: Invocation, call: ControlCall): Promise<T> {
  const response = await exchange(invocation, call)
  const text = response.status === 204 ? '{}' : await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'What answers there is not a sandbox. Check --base-url and LLPAY_BASE_URL.',
    )
  }
}

/**
 * The data of the events of a running sandbox, as they come, until the user interrupts.
 *
 * @throws {TransportError} `ERR_TRANSPORT_CLOSED` where the sandbox ends first.
 */
export async function* followEvents(
  invocation: Invocation,
  after: number,
): AsyncGenerator<string, void, void> {
  const { body } = await exchange(invocation, { path: `events?after=${after}` })
  if (body === null) return
  let rest = ''
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length)
    }
  } catch (cause) {
    if (!invocation.signal.aborted) throw lost(cause)
    return
  }
  throw lost()
}

function lost(cause?: unknown): TransportError {
  return new TransportError(
    'ERR_TRANSPORT_CLOSED',
    'The connection to the sandbox was lost. Once it runs again, rerun the command.',
    { delivered: 'no', ...(cause === undefined ? {} : { cause }) },
  )
}
