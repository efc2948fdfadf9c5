import { cpus, platform, release } from 'node:os'

/** What a table was measured on, in a line. */
export function describeMachine(): string {
  const [cpu] = cpus()
  return `Node.js ${process.versions.node}, OpenSSL ${process.versions.openssl}, ${cpus().length} x ${cpu?.model ?? 'unknown'}, ${platform()} ${release()}`
}
