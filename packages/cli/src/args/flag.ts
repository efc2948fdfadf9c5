/** A flag of a command. */
export interface Flag {
  /** The name without its two dashes. */
  readonly name: string
  /** What stands for the value in the help text; a flag without one is a switch. */
  readonly value?: string
  readonly summary: string
  readonly required?: boolean
  /** Whether the flag may be given more than once. */
  readonly multiple?: boolean
  /** The values that there are, for completion. */
  readonly choices?: readonly string[]
}

/** An argument that stands without a flag. */
export interface Positional {
  /** What stands for it in the help text. */
  readonly name: string
  readonly summary: string
  /** Whether it may be left out. */
  readonly optional?: boolean
  /** Whether several may be given; only the last one may. */
  readonly multiple?: boolean
  /** The values that there are, for completion. */
  readonly choices?: readonly string[]
}

/** Flags that every command takes. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'json', summary: 'Print exactly one JSON object on standard output' },
  { name: 'verbose', summary: 'Tell more on standard error; never keys or card data' },
  { name: 'no-color', summary: 'Print without colour' },
  { name: 'help', summary: 'Show this help' },
]

/** Flags of an endpoint that changes something. */
export const CHANGE_FLAGS: readonly Flag[] = [
  {
    name: 'settle',
    value: 'MODE',
    choices: ['always', 'auto', 'never'],
    summary:
      "When LianLian's list of bound cards is asked: always (before, after and in doubt; the default), auto (in doubt), never",
  },
]

/** Whose configuration a command takes. */
export const PROFILE_FLAG: Flag = {
  name: 'profile',
  value: 'NAME',
  summary: 'Take merchant, keys and base URL from this profile; see llpay help profiles',
}

/** Under which products a card may be bound, for commands that query the list. */
export const PAY_TYPES_FLAG: Flag = {
  name: 'pay-types',
  value: 'LIST',
  summary:
    'The products under which cards may be bound, separated by commas (default: 2,3,D,P,M,F,N)',
}

/** Flags of a command that asks before it acts. */
export const ASK_FLAGS: readonly Flag[] = [
  { name: 'yes', summary: 'Do not ask before a live card is unbound' },
]

/** Flags of the list of cards. */
export const LIST_FLAGS: readonly Flag[] = [
  { name: 'all', summary: 'List the cards of all products, on all pages' },
  { ...PAY_TYPES_FLAG, summary: 'The products that --all queries (default: 2,3,D,P,M,F,N)' },
]

/** Flags that every call of an endpoint takes. */
export const CALL_FLAGS: readonly Flag[] = [
  {
    name: 'params',
    value: 'FILE',
    summary:
      'Take parameters from a JSON object by their wire names; - is stdin. Flags are seen by whoever lists the processes: give card data this way',
  },
  PROFILE_FLAG,
  { name: 'oid-partner', value: 'N', summary: 'Merchant number, 18 digits' },
  { name: 'private-key', value: 'FILE', summary: "The merchant's RSA private key; - is stdin" },
  {
    name: 'gateway-key',
    value: 'FILE',
    summary: "LianLian's RSA public key; again for each while it rotates",
    multiple: true,
  },
  { name: 'base-url', value: 'URL', summary: "Takes the place of LianLian's hosts" },
  { name: 'timeout', value: 'MS', summary: 'Milliseconds for the whole call; 30000' },
  { name: 'dry-run', summary: 'Print the exact signed request, send nothing' },
]
