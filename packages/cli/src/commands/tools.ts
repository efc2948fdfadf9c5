import type { Entry } from './command.ts'

/** The commands that are no endpoints: each is a file of its own, loaded when it is called. */
export const TOOLS: readonly Entry[] = [
  {
    words: 'sandbox',
    summary: 'Run a LianLian gateway on this machine, to try things out',
    api: null,
    load: async () => (await import('../tools/sandbox.ts')).sandbox,
  },
  {
    words: 'verify',
    summary: 'Tell whether a message is signed as it should be, and if not, why',
    api: null,
    load: async () => (await import('../tools/verify.ts')).verify,
  },
  {
    words: 'sign',
    summary: 'Sign any message as LianLian wants it',
    api: null,
    load: async () => (await import('../tools/sign.ts')).sign,
  },
  {
    words: 'completion',
    summary: 'Print what makes a shell complete the words of llpay',
    api: null,
    load: async () => (await import('../tools/completion.ts')).completion,
  },
  {
    words: 'complete',
    summary: 'Say what the last of some words can become',
    api: null,
    hidden: true,
    load: async () => (await import('../tools/complete.ts')).complete,
  },
]
