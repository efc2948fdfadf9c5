import type { Entry } from './command.ts'

/** The commands that are no endpoints: each is a file of its own, loaded when it is called. */
export const TOOLS: readonly Entry[] = [
  {
    words: 'card ensure-unbound',
    summary: 'Unbind a card for whichever products it is bound for',
    api: 'card.ensure-unbound',
    load: async () => (await import('../tools/ensure-unbound.ts')).ensureUnbound,
  },
  {
    words: 'card unbind-many',
    summary: 'Unbind the cards of a file, over days and restarts',
    api: 'card.unbind',
    load: async () => (await import('../tools/unbind-many.ts')).unbindMany,
  },
  {
    words: 'card unbind-many report',
    summary: 'Print what became of each card, from the ledger of a run',
    api: null,
    load: async () => (await import('../tools/unbind-many-report.ts')).unbindManyReport,
  },
  {
    words: 'init',
    summary: 'Write a profile: the merchant, where its keys are, where calls go',
    api: null,
    load: async () => (await import('../tools/init.ts')).init,
  },
  {
    words: 'doctor',
    summary: 'Say what stands in the way of a call, and how to mend it',
    api: null,
    load: async () => (await import('../tools/doctor.ts')).doctor,
  },
  {
    words: 'sandbox',
    summary: 'Run a LianLian gateway on this machine',
    api: null,
    load: async () => (await import('../tools/sandbox.ts')).sandbox,
  },
  {
    words: 'sandbox cards list',
    summary: 'List the cards that a running sandbox has bound',
    api: null,
    load: async () => (await import('../tools/sandbox-cards-list.ts')).sandboxCardsList,
  },
  {
    words: 'sandbox cards bind',
    summary: 'Bind cards in a running sandbox',
    api: null,
    load: async () => (await import('../tools/sandbox-cards-bind.ts')).sandboxCardsBind,
  },
  {
    words: 'sandbox cards unbind',
    summary: 'Unbind cards in a running sandbox',
    api: null,
    load: async () => (await import('../tools/sandbox-cards-unbind.ts')).sandboxCardsUnbind,
  },
  {
    words: 'sandbox cards import',
    summary: 'Bind the cards of a file in a running sandbox',
    api: null,
    load: async () => (await import('../tools/sandbox-cards-import.ts')).sandboxCardsImport,
  },
  {
    words: 'sandbox play',
    summary: 'Make a running sandbox misbehave',
    api: null,
    load: async () => (await import('../tools/sandbox-play.ts')).sandboxPlay,
  },
  {
    words: 'sandbox requests',
    summary: 'Show the requests that arrived at a running sandbox',
    api: null,
    load: async () => (await import('../tools/sandbox-requests.ts')).sandboxRequests,
  },
  {
    words: 'sandbox reset',
    summary: 'Bring a running sandbox back to its start',
    api: null,
    load: async () => (await import('../tools/sandbox-reset.ts')).sandboxReset,
  },
  {
    words: 'sandbox health',
    summary: 'Check that a sandbox runs, and what it holds',
    api: null,
    load: async () => (await import('../tools/sandbox-health.ts')).sandboxHealth,
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
    words: 'key new',
    summary: 'Make a pair of keys, and say what to upload',
    api: null,
    load: async () => (await import('../tools/key-new.ts')).keyNew,
  },
  {
    words: 'key inspect',
    summary: 'Say what a file with a key is, without showing it',
    api: null,
    load: async () => (await import('../tools/key-inspect.ts')).keyInspect,
  },
  {
    words: 'key convert',
    summary: 'Write a key in another form',
    api: null,
    load: async () => (await import('../tools/key-convert.ts')).keyConvert,
  },
  {
    words: 'key match',
    summary: 'Tell whether two keys belong together',
    api: null,
    load: async () => (await import('../tools/key-match.ts')).keyMatch,
  },
  {
    words: 'code',
    summary: 'Say what a return code means, or find one by its text',
    api: null,
    load: async () => (await import('../tools/code.ts')).code,
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
