import { list } from 'tar'

/** Reads the files of an npm tarball: their content by path, without the leading `package/`. */
export function readTarball(path: string): Map<string, string> {
  const files = new Map<string, string>()
  list({
    file: path,
    sync: true,
    onReadEntry(entry) {
      const chunks: Buffer[] = []
      entry.on('data', (chunk: Buffer) => chunks.push(chunk))
      entry.on('end', () => {
        files.set(entry.path.replace(/^package\//, ''), Buffer.concat(chunks).toString('utf8'))
      })
    },
  })
  return files
}
