import { ConfigError } from '@llpay/core'
import { formatLogLine, type JournalEntry } from '@llpay/sandbox'

import type { Command, Invocation } from '../commands/command.ts'
import { EXIT } from '../exit-code.ts'
import { escapeText } from '../output/escape.ts'
import { BASE_URL_FLAG, callControl, followEvents } from '../sandbox/control-client.ts'

function afterOf({ flags }: Invocation): number {
  const text = flags.value('after') ?? '0'
  if (/^[0-9]{1,15}$/.test(text)) return Number(text)
  throw new ConfigError('ERR_CONFIG_USAGE', '--after takes the id of a request: a whole number.')
}

async function follow(invocation: Invocation): Promise<number> {
  const { output } = invocation
  for await (const data of followEvents(invocation, afterOf(invocation))) {
    const entry: JournalEntry = JSON.parse(data)
    if (output.json) output.object(entry)
    else output.line(escapeText(formatLogLine(entry)))
  }
  return EXIT.done
}

/** `llpay sandbox requests`: what arrived at a running sandbox. */
export const sandboxRequests: Command = {
  flags: [
    {
      name: 'follow',
      summary: 'Go on printing requests as they arrive; with --json one object a line',
    },
    { name: 'after', value: 'ID', summary: 'Only requests behind this id (default: 0)' },
    BASE_URL_FLAG,
  ],
  async run(invocation) {
    const { flags, output } = invocation
    if (flags.has('follow')) return follow(invocation)
    const path = `requests?after=${afterOf(invocation)}`
    const found = await callControl<{ requests: readonly JournalEntry[] }>(invocation, { path })
    if (output.json) output.object({ ok: true, ...found })
    else for (const entry of found.requests) output.line(escapeText(formatLogLine(entry)))
    return EXIT.done
  },
}
