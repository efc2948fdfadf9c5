import { createReadStream, fstatSync, openSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../../system-code.ts'

const STDIN = '-'
const STDIN_FD = 0

/** The bytes of a file, as they come in. */
export interface Input {
  readonly chunks: AsyncIterable<Uint8Array>
  /** The size of the whole, where it is known. */
  readonly size: number | undefined
}

const unreadable = (error: unknown) =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    `The file with the cards cannot be read (${systemCode(error) ?? 'unreadable'}). Give the name of a file, or - for standard input.`,
  )

function open(file: string): number {
  try {
    return file === STDIN ? STDIN_FD : openSync(file, 'r')
  } catch (error) {
    throw unreadable(error)
  }
}

/** Says of a file that fails while it is read that it was the cards that could not be read. */
async function* readChunks(fd: number): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream('', { fd })
  } catch (error) {
    throw unreadable(error)
  }
}

/**
 * Opens the file with the cards; `-` is standard input.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function openInput(file: string): Input {
  const fd = open(file)
  const stat = fstatSync(fd)
  return {
    chunks: readChunks(fd),
    size: stat.isFile() ? stat.size : undefined,
  }
}
