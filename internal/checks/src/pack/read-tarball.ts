import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const BLOCK = 512

const text = (block: Buffer, start: number, end: number): string =>
  block.toString('utf8', start, end).replace(/\0.*$/s, '')

/** Reads the files of an npm tarball: their content by path, without the leading `package/`. */
export function readTarball(path: string): Map<string, string> {
  const tar = gunzipSync(readFileSync(path))
  const files = new Map<string, string>()
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + BLOCK)
    const size = Number.parseInt(text(header, 124, 136), 8)
    const type = text(header, 156, 157)
    if (type !== '0' && type !== '') throw new Error(`${path} holds an entry of type ${type}`)
    const name = [text(header, 345, 500), text(header, 0, 100)].filter(Boolean).join('/')
    const start = at + BLOCK
    files.set(name.replace(/^package\//, ''), tar.toString('utf8', start, start + size))
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}
