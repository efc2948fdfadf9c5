import { readFileSync } from 'node:fs'

import {
  CallbackError,
  ConfigError,
  KeyError,
  ParameterError,
  ProtocolError,
  RejectedError,
  SignatureError,
  SigningError,
  TransportError,
  UnknownOutcomeError,
  type LLPayError,
} from '@llpay/core'

import { exitCodeOf } from '../../../packages/cli/src/program/exit-code.ts'

const NOTHING = { attempts: 0, lastSeen: null, cause: undefined }

/** Errors of each class, in the ways that they are thrown, to ask what it is called and how the command line ends with it. */
const ERRORS: readonly LLPayError[] = [
  new ConfigError('ERR_CONFIG_MISSING', ''),
  new KeyError('ERR_KEY_INVALID', ''),
  new ParameterError('', []),
  new SigningError('ERR_SIGN_FAILED', ''),
  new RejectedError('ERR_REJECTED', '', { category: '', signature: 'absent' }),
  new SignatureError('ERR_SIGNATURE_MISSING', ''),
  new ProtocolError('ERR_REPLY_INVALID', ''),
  new TransportError('ERR_TRANSPORT_CONNECT', '', { delivered: 'no' }),
  new TransportError('ERR_TRANSPORT_CLOSED', '', { delivered: 'unknown' }),
  new UnknownOutcomeError('', NOTHING),
  new UnknownOutcomeError('', { ...NOTHING, delivered: 'no' }),
  new CallbackError('', { cause: undefined, delivered: 'no' }),
  new CallbackError('', { cause: undefined, delivered: 'unknown' }),
]

/** A class of errors. */
export interface ErrorClass {
  readonly name: string
  /** The exit statuses that it may end with. */
  readonly exits: readonly number[]
  readonly codes: readonly string[]
}

/** The codes of a class, as its source declares them. */
function codesOf(name: string): string[] {
  const file = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
  const source = new URL(`../../../packages/core/src/errors/${file}.ts`, import.meta.url)
  const codes = readFileSync(source, 'utf8').matchAll(/'(ERR_[A-Z_]+)'/g)
  return [...new Set(Array.from(codes, ([, code = '']) => code))]
}

/** Every class of errors that llpay throws on purpose. */
export function listErrors(): ErrorClass[] {
  const names = new Set(ERRORS.map(({ name }) => name))
  return Array.from(names, (name) => ({
    name,
    exits: ERRORS.filter((error) => error.name === name).map((error) => exitCodeOf(error, false)),
    codes: codesOf(name),
  }))
}
