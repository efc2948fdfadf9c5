import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** A program that serves something on this machine until it is disposed of. */
export interface Service extends AsyncDisposable {
  readonly url: string
}

/** How to start a program that serves. */
export interface Program {
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
export async function startOnFreePort(programOn: (port: number) => Program): Promise<Service> {
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
