import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CLI_FILE } from '@internal/vectors'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-completion-'))
  symlinkSync(CLI_FILE, join(folder, 'llpay'))
  symlinkSync(process.execPath, join(folder, 'node'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What bash itself would offer for a line, by the script that we print. */
function completeInBash(...words: string[]): string[] {
  const script = `
    eval "$(llpay completion bash)"
    compopt() { echo "(files)"; }
    COMP_WORDS=("$@"); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _llpay
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const out = execFileSync(
    'bash',
    ['--norc', '--noprofile', '-c', script, 'bash', 'llpay', ...words],
    {
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      encoding: 'utf8',
    },
  )
  return out.split('\n').filter(Boolean)
}

/** The same in zsh, with its completion functions in the place of its line editor. */
const IN_ZSH = `
  compdef() { :; }
  _files() { print -r -- '(files)'; }
  compadd() { print -rl -- "\${(@P)@[-1]}"; }
  eval "$(llpay completion zsh)"
  words=("$@"); CURRENT=$#words
  _llpay`

const IN_FISH = `llpay completion fish | source; complete -C "$argv"`

/** What a shell offers that may be missing. */
function completeIn(shell: 'zsh' | 'fish', words: readonly string[]): string[] {
  const args =
    shell === 'zsh'
      ? ['-f', '-c', IN_ZSH, 'zsh', 'llpay', ...words]
      : ['--no-config', '-c', IN_FISH, '--', 'llpay', ...words]
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder }
  const out = execFileSync(shell, args, { env, encoding: 'utf8', cwd: folder, stdio: 'pipe' })
  return out
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

const CASES: readonly (readonly [words: string[], expected: string[]])[] = [
  [['sand'], ['sandbox']],
  [
    ['card', 'un'],
    ['unbind', 'unbind-many'],
  ],
  [['card', 'unbind', '--no-a'], ['--no-agree']],
  [
    ['unbind', '--settle', ''],
    ['always', 'auto', 'never'],
  ],
  [['unbind', '--private-key', 'some'], ['(files)']],
  [['completion', 'z'], ['zsh']],
  [['help', 'ex'], ['exit']],
  [['nonsense', ''], []],
]

test.each(CASES)('bash completes llpay %j', (words, expected) => {
  expect(completeInBash(...words)).toEqual(expected)
})

const hasShell = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0

describe('zsh', () => {
  beforeEach(({ skip }) => skip(!hasShell('zsh'), 'zsh is not installed'))

  test.each(CASES)('completes llpay %j', (words, expected) => {
    expect(completeIn('zsh', words)).toEqual(expected)
  })
})

describe('fish', () => {
  beforeEach(({ skip }) => skip(!hasShell('fish'), 'fish is not installed'))

  test.each(CASES)('completes llpay %j', (words, expected) => {
    const files = expected[0] === '(files)' ? [] : expected
    expect(new Set(completeIn('fish', words))).toEqual(new Set(files))
  })
})
