import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'

/** A program that serves something on this machine until it is disposed of. */
export interface Service extends AsyncDisposable {
  readonly url: string
}

/** How to start a program that serves. */
interface Program {
  readonly command: string
  readonly args: readonly string[]
  /** Its folder, removed when it has ended, or does not start. */
  readonly folder: string
  /** The user and group to run it as, if they differ from this process's. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Which line it prints when it listens. */
  readonly ready: RegExp
  /** The signal that has it end at once, with what it keeps in order. */
  readonly signal: NodeJS.Signals
  readonly url: string
}

/** A port of this machine on which nothing listens at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts a program, and waits until it listens. */
async function startService(program: Program): Promise<Service> {
  const { command, args, folder, user = {}, ready, signal, url } = program
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...user })
  const ended = once(child, 'close')
  const abandon = () => child.kill('SIGKILL')
  process.once('exit', abandon)
  const said: string[] = []
  const listens = new Promise<true>((resolve) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        said.push(line)
        if (ready.test(line)) resolve(true)
      })
    }
  })
  const stop = async () => {
    child.kill(signal)
    await ended
    process.off('exit', abandon)
    await rm(folder, { recursive: true, force: true })
  }
  if ((await Promise.race([listens, ended])) !== true) {
    throw new Error(`${command} did not start:\n${said.join('\n')}`)
  }
  return { url, [Symbol.asyncDispose]: stop }
}

/** What programs say of a port that something else took between choosing it and listening. */
const TAKEN = /address already in use|could not bind/i
const MOST_PORTS = 20

/** Starts a program that cannot choose a port itself; where one is taken meanwhile, on another. */
async function startOnFreePort(programOn: (port: number) => Program): Promise<Service> {
  for (let left = MOST_PORTS; ; left -= 1) {
    const program = programOn(await freePort())
    try {
      return await startService(program)
    } catch (error) {
      if (left > 0 && TAKEN.test(String(error))) continue
      await rm(program.folder, { recursive: true, force: true })
      throw error
    }
  }
}

/** Where Debian keeps the programs of PostgreSQL, of every version that is installed. */
const POSTGRES = '/usr/lib/postgresql/*/bin'

/** Finds a program, also where it is not on the path; nothing where it is not installed. */
function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...globSync(POSTGRES)]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

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
