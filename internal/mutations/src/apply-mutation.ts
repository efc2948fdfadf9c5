import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Mutation } from './mutation.ts'

/**
 * Mutates a file of the copy; gives what puts it back.
 *
 * @throws where the text does not stand in the file exactly once: the sources have moved on, and the
 *   mutation with them must.
 */
export function applyMutation(copy: string, { file, text, replacement }: Mutation): () => void {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  const [before, after, ...more] = source.split(text)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(
      `${file} must have this text once, not ${source.split(text).length - 1} times: ${text}`,
    )
  }
  writeFileSync(path, before + replacement + after)
  return () => writeFileSync(path, source)
}
