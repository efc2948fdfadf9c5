import { EXIT } from './exit-code.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Turns the first interrupt into an aborted signal; a second one ends the process. */
export function watchInterrupts(onEnd: () => void): {
  readonly signal: AbortSignal
  dispose(): void
} {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) {
      // What comes next must not stand behind half a line of progress.
      if (process.stderr.isTTY) process.stderr.write('\n')
      onEnd()
      process.exit(EXIT.unknown)
    }
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  return {
    signal: controller.signal,
    dispose() {
      for (const name of SIGNALS) process.off(name, interrupt)
    },
  }
}

/** Resolves when the signal aborts. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true })
  })
}
