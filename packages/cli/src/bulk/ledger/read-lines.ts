import type { Disk } from './disk.ts'

const CHUNK = 1 << 20
const LINE_END = 0x0a

/** A whole line of a file, and where the next one begins. */
export interface Line {
  readonly text: string
  readonly end: number
}

/**
 * Reads the lines of a file one by one. A last line without its end is left out: it was being written
 * when the machine or the process stopped.
 */
export function* readLines(disk: Disk, path: string): Generator<Line> {
  const file = disk.open(path, 'read')
  try {
    let rest = Buffer.alloc(0)
    let end = 0
    let position = 0
    for (let chunk = file.read(0, CHUNK); chunk.length > 0; chunk = file.read(position, CHUNK)) {
      position += chunk.length
      const bytes = Buffer.concat([rest, chunk])
      let start = 0
      for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, start)) {
        end += at + 1 - start
        yield { text: bytes.toString('utf8', start, at), end }
        start = at + 1
      }
      rest = bytes.subarray(start)
    }
  } finally {
    file.close()
  }
}
