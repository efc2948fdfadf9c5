// A thread that runs the built command line as often as it is asked: Node starts, and modules are
// loaded, once. See cli.ts.
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import tty from 'node:tty'
import { parentPort, workerData } from 'node:worker_threads'

/** How a run of the command line ended. */
export interface CliRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command line for the thread to run. */
export interface CliRequest {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly stdin: Uint8Array
}

const cliFile = String(workerData)
const require = createRequire(cliFile)
const { readFileSync, writeSync } = fs

let stdin: Uint8Array = new Uint8Array()
let printed: Record<number, Uint8Array[]> = {}

const print = (descriptor: number, chunk: string | Uint8Array) =>
  (printed[descriptor] ??= []).push(Buffer.from(chunk))
const textOf = (descriptor: number) => Buffer.concat(printed[descriptor] ?? []).toString()

// The command line writes and reads its standard streams by their descriptors, which belong to the
// whole process: here they lead into memory.
Object.assign(fs, {
  writeSync(descriptor: number, chunk: string | Uint8Array, ...rest: unknown[]): unknown {
    if (descriptor !== 1 && descriptor !== 2) {
      return Reflect.apply(writeSync, fs, [descriptor, chunk, ...rest])
    }
    print(descriptor, chunk)
    return chunk.length
  },
  readFileSync(file: unknown, ...rest: unknown[]): unknown {
    return file === 0 ? Buffer.from(stdin) : Reflect.apply(readFileSync, fs, [file, ...rest])
  },
})
Object.assign(tty, { isatty: () => false })
Object.assign(process.stderr, {
  write(chunk: string | Uint8Array) {
    print(2, chunk)
    return true
  },
})
syncBuiltinESMExports()

parentPort?.on('message', (request: CliRequest) => {
  stdin = request.stdin
  printed = {}
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, request.env)
  process.argv = [process.execPath, cliFile, ...request.args]
  Object.assign(process, {
    exit(status: number) {
      const run: CliRun = { status, stdout: textOf(1), stderr: textOf(2) }
      parentPort?.postMessage(run, [])
    },
  })
  delete require.cache[cliFile]
  require(cliFile)
})
