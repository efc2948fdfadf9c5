import { bunBinary, denoBinary, nodeBinary } from './index.ts'
import {
  runChromium,
  runEdgeRuntime,
  runProcess,
  runWorkerd,
  type Runner,
} from './runners/runners.ts'
import type { Lack } from './suite/find-lacks.ts'

/** A runtime, and what is expected of it. */
export interface Runtime {
  readonly name: string
  readonly run: Runner
  /** What signs and verifies MD5 there, SHA-256 being WebCrypto's everywhere. */
  readonly md5: 'webcrypto' | 'node' | 'bigint'
  readonly lacks: readonly Lack[]
  /** Whether the suite may pass without it. */
  readonly optional?: true
}

const NODE = {
  md5: 'node',
  lacks: ['MD5 in WebCrypto', 'replies behind a 100 Continue'],
} as const satisfies Partial<Runtime>

const OLD_NODE = {
  md5: 'node',
  lacks: ['MD5 in WebCrypto', 'Uint8Array.fromBase64', 'replies behind a 100 Continue'],
} as const satisfies Partial<Runtime>

const DENO = [
  denoBinary(),
  'run',
  '--quiet',
  '--no-remote',
  '--no-config',
  '--no-lock',
  '--allow-net=127.0.0.1',
] as const

/** Every runtime that the suite runs in. The suite proves what is said here of each. */
export const RUNTIMES: readonly Runtime[] = [
  { name: 'node 20', run: runProcess(nodeBinary(20)), ...OLD_NODE },
  { name: 'node 22', run: runProcess(nodeBinary(22)), ...OLD_NODE },
  { name: 'node 24', run: runProcess(process.execPath), ...OLD_NODE },
  { name: 'node 26', run: runProcess(nodeBinary(26)), ...NODE },
  {
    name: 'deno',
    run: runProcess(...DENO),
    md5: 'node',
    lacks: ['MD5 in WebCrypto', 'errors that tell a refused connection'],
  },
  { name: 'bun', run: runProcess(bunBinary()), md5: 'node', lacks: ['MD5 in WebCrypto'] },
  {
    name: 'workerd',
    run: runWorkerd('no_nodejs_compat', 'no_nodejs_compat_v2'),
    md5: 'webcrypto',
    lacks: [
      'node:crypto',
      'exponent 65539 in WebCrypto',
      'process',
      'errors that tell a refused connection',
      'a connection of its own for each request',
    ],
  },
  {
    name: 'workerd + node',
    run: runWorkerd(),
    md5: 'webcrypto',
    lacks: [
      'exponent 65539 in WebCrypto',
      'errors that tell a refused connection',
      'a connection of its own for each request',
    ],
  },
  {
    name: 'edge-runtime',
    run: runEdgeRuntime,
    md5: 'bigint',
    lacks: [
      'MD5 in WebCrypto',
      'node:crypto',
      'process',
      'AbortSignal.any',
      'Uint8Array.fromBase64',
      'replies behind a 100 Continue',
    ],
  },
  {
    name: 'chromium',
    run: runChromium,
    md5: 'bigint',
    // A browser sends a change again; it verifies, and is not a place for a merchant's private key.
    lacks: [
      'MD5 in WebCrypto',
      'node:crypto',
      'process',
      'errors that tell a refused connection',
      'a connection of its own for each request',
      'changes that are sent once',
    ],
    optional: true,
  },
]
