import type { LLPayError } from '@llpay/core'

/** The exit statuses of the command line. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  untrusted: 4,
  notDelivered: 5,
  unknown: 6,
  interrupted: 130,
} as const

const BY_NAME: Readonly<Record<string, number>> = {
  ConfigError: EXIT.usage,
  KeyError: EXIT.usage,
  ParameterError: EXIT.usage,
  SigningError: EXIT.usage,
  RejectedError: EXIT.refused,
  SignatureError: EXIT.untrusted,
  ProtocolError: EXIT.untrusted,
}

/** The exit status that an error ends with. */
export function exitCodeOf(error: LLPayError, interrupted: boolean): number {
  const notSent = error.delivered === 'no'
  if (interrupted && notSent && error.code === 'ERR_TRANSPORT_ABORTED') return EXIT.interrupted
  return BY_NAME[error.name] ?? (notSent ? EXIT.notDelivered : EXIT.unknown)
}
