import { TransportError, type ConfigError } from '@llpay/core'
import { parseBaseUrl } from '@llpay/core/adapter'

import { readVariable } from '../config/sources.ts'
import { t } from '../output/language.ts'
import type { Invocation } from '../program/command.ts'
import { errorText, invalidError } from '../program/errors.ts'
import type { Flag } from '../program/flags.ts'
import { sandboxText } from './sandbox-texts.ts'

/** The port of a sandbox that is started without `--port`. */
export const DEFAULT_PORT = 8090

const DEFAULT_URL = `http://127.0.0.1:${DEFAULT_PORT}`

/** The flag of every command that talks to a running sandbox. */
export const BASE_URL_FLAG: Flag = {
  name: 'base-url',
  value: 'URL',
  summary: t(
    `Where the sandbox listens (default: LLPAY_BASE_URL, else ${DEFAULT_URL})`,
    `沙箱的地址（默认：LLPAY_BASE_URL，否则 ${DEFAULT_URL}）`,
  ),
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
      errorText(
        'sandbox.not-running',
        t('No sandbox responds there.', '该地址没有沙箱响应。'),
        t(
          'Start one with: llpay sandbox; if it has another port, name it with --base-url or LLPAY_BASE_URL.',
          '用 llpay sandbox 启动；若用了其他端口，请用 --base-url 或 LLPAY_BASE_URL 指明。',
        ),
      ),
      { delivered: 'no', cause },
    )
  }
}

function interrupted(cause: unknown): TransportError {
  const text = errorText('sandbox.interrupted', t('Interrupted.', '已中断。'))
  return new TransportError('ERR_TRANSPORT_ABORTED', text, { delivered: 'no', cause })
}

const notSandbox = (status: string) =>
  invalidError(
    'sandbox.not-a-sandbox',
    t(`What responds there is not a sandbox${status}.`, `该地址响应的不是沙箱${status}。`),
    t('Check --base-url and LLPAY_BASE_URL.', '请检查 --base-url 与 LLPAY_BASE_URL。'),
  )

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
  return message === undefined
    ? notSandbox(` (HTTP ${response.status})`)
    : invalidError(
        'sandbox.refused',
        t(`The sandbox refused: ${message}`, `沙箱拒绝：${sandboxText(message).zh}`),
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
 * @throws {TransportError} `ERR_TRANSPORT_CONNECT` where none responds.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where it refuses, or is not a sandbox.
 */
export async function callControl<T>(invocation: Invocation, call: ControlCall): Promise<T> {
  const response = await exchange(invocation, call)
  const text = response.status === 204 ? '{}' : await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw notSandbox('')
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
    errorText(
      'sandbox.lost',
      t('The connection to the sandbox was lost.', '与沙箱的连接已断开。'),
      t('Once it runs again, rerun the command.', '沙箱恢复后，重新运行该命令。'),
    ),
    { delivered: 'no', ...(cause === undefined ? {} : { cause }) },
  )
}
