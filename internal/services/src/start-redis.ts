import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findProgram } from './find-program.ts'
import { startOnFreePort, type Service } from './start-service.ts'

/** Starts Redis as queues and marks need it; nothing where it is not installed. */
export async function startRedis(): Promise<Service | undefined> {
  const command = findProgram('redis-server')
  if (command === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'llpay-redis-'))
  const settings = {
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  return startOnFreePort((port) => ({
    command,
    args: ['--port', String(port), ...flags],
    folder,
    ready: /Ready to accept connections/,
    signal: 'SIGTERM',
    url: `redis://127.0.0.1:${port}`,
  }))
}
