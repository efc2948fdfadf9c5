import { createInterface } from 'node:readline/promises'
import { isatty } from 'node:tty'

const STDIN = 0
const STDERR = 2

/** Whether somebody is there to be asked. */
export const canAsk = () => isatty(STDIN) && isatty(STDERR)

/** Asks on standard error; `undefined` where there is no answer: interrupted, or the input ended. */
export async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const left = new AbortController()
  lines.once('SIGINT', () => left.abort())
  lines.once('close', () => left.abort())
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, left.signal]) })
  } catch (error) {
    if (left.signal.aborted || signal.aborted) return undefined
    throw error
  } finally {
    lines.close()
  }
}
