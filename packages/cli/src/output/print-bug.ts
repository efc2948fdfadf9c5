import { summarizeCause } from '@llpay/core/adapter'

import type { Output } from './output.ts'

const MESSAGE =
  'llpay failed in a way that it should not. Whether a request was sent is unknown: look before you repeat. Please report this, with the output of --verbose.'

/** The places in our own code that an error passed, without its message, which may hold anything. */
function placesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}

/** Prints an error that is not one of llpay's: a bug. */
export function printBug(output: Output, api: string | null, error: unknown): void {
  const name = summarizeCause(error)?.message ?? 'Error'
  if (output.json) {
    const facts = { name, code: 'ERR_BUG', message: MESSAGE, delivered: 'unknown' }
    output.object({ ok: false, api, error: facts })
  } else {
    output.tell('bad', 'bug', MESSAGE)
  }
  if (output.verbose) {
    output.tell('faint', name, '')
    for (const place of placesOf(error)) output.talk('faint', place.trim())
  }
}
