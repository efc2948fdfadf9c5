import type { JournalEntry } from '@llpay/sandbox'

import { t } from '../output/language.ts'
import type { Command, Invocation } from '../program/command.ts'
import { usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'
import { BASE_URL_FLAG, callControl, followEvents } from '../sandbox/control-client.ts'
import { logLine } from '../sandbox/sandbox-texts.ts'

function afterOf({ flags }: Invocation): number {
  const text = flags.value('after') ?? '0'
  if (/^[0-9]{1,15}$/.test(text)) return Number(text)
  throw usageError(
    'sandbox.after-flag',
    t('--after takes the id of a request: a whole number.', '--after 需要请求的 id：一个整数。'),
  )
}

async function follow(invocation: Invocation): Promise<number> {
  const { output } = invocation
  for await (const data of followEvents(invocation, afterOf(invocation))) {
    const entry: JournalEntry = JSON.parse(data)
    if (output.json) output.object(entry)
    else output.line(logLine(entry))
    if (output.isClosed) break
  }
  return EXIT.done
}

/** `llpay sandbox requests`: what arrived at a running sandbox. */
export const sandboxRequests: Command = {
  flags: [
    {
      name: 'follow',
      summary: t(
        'Keep printing requests as they arrive; with --json one object per line',
        '持续输出新到的请求；加 --json 时每行一个对象',
      ),
    },
    {
      name: 'after',
      value: 'ID',
      summary: t('Only requests after this id (default: 0)', '只列该 id 之后的请求（默认：0）'),
    },
    BASE_URL_FLAG,
  ],
  examples: [
    [t('List what arrived', '列出收到的请求'), 'llpay sandbox requests'],
    [t('Watch requests as they arrive', '持续查看新到的请求'), 'llpay sandbox requests --follow'],
  ],
  async run(invocation) {
    const { flags, output } = invocation
    if (flags.has('follow')) return follow(invocation)
    const path = `requests?after=${afterOf(invocation)}`
    const found = await callControl<{ requests: readonly JournalEntry[] }>(invocation, { path })
    if (output.json) output.object({ ok: true, ...found })
    else for (const entry of found.requests) output.line(logLine(entry))
    return EXIT.done
  },
}
