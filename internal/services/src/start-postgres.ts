import { execFileSync } from 'node:child_process'
import { chown, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findProgram } from './find-program.ts'
import { startOnFreePort, type Service } from './start-service.ts'

/** The user of Debian's package: PostgreSQL refuses to run as root. */
const USER = 'postgres'

const idOf = (flag: string) => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }))

/** Starts PostgreSQL as it is by default; nothing where it is not installed. */
export async function startPostgres(): Promise<Service | undefined> {
  const command = findProgram('postgres')
  const initdb = findProgram('initdb')
  if (command === undefined || initdb === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'llpay-postgres-'))
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined
  if (user !== undefined) await chown(folder, user.uid, user.gid)
  const own = { cwd: folder, stdio: 'pipe', ...user } as const
  execFileSync(initdb, ['-D', folder, '-U', USER, '-A', 'trust', '--no-sync', '-E', 'UTF8'], own)
  const sockets = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  return startOnFreePort((port) => ({
    command,
    args: ['-D', folder, '-p', String(port), ...sockets],
    folder,
    ...(user === undefined ? {} : { user }),
    ready: /database system is ready to accept connections/,
    signal: 'SIGINT',
    url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
  }))
}
