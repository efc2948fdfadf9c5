import { createReadStream, fstatSync, openSync, type Stats } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'

import { unreadable } from '../../config/files.ts'
import { t } from '../../output/language.ts'

const STDIN = '-'
const STDIN_FD = 0

/** The bytes of a file, as they come in. */
export interface Input {
  readonly chunks: AsyncIterable<Uint8Array>
  /** The size of the whole, where it is known. */
  readonly size: number | undefined
  /** Reads no more, also where more may still come. */
  close(): void
}

const refuse = (error: unknown) =>
  unreadable(error, {
    reason: 'bulk.cards-unreadable',
    what: t('The file with the cards', '卡文件'),
  })

function open(file: string): number {
  try {
    return file === STDIN ? STDIN_FD : openSync(file, 'r')
  } catch (error) {
    throw refuse(error)
  }
}

/** A read of a pipe that nobody writes to must not keep a thread, and with it the process, waiting. */
function openStream(fd: number, stat: Stats): Readable {
  if (fd === STDIN_FD && !stat.isFile()) return process.stdin
  if (stat.isFIFO()) return new Socket({ fd, readable: true, writable: false })
  return createReadStream('', { fd })
}

/** Says of a file that fails while it is read that it was the cards that could not be read. */
async function* readChunks(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw refuse(error)
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
  const stream = openStream(fd, stat)
  return {
    chunks: readChunks(stream),
    size: stat.isFile() ? stat.size : undefined,
    close: () => void stream.destroy(),
  }
}

/** What a line of the input says, before it is known to be a job. */
export interface Row {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  /** How many bytes of the file were read when it was. */
  readonly bytes: number
  readonly value: unknown
}
