import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CLI_FILE } from '@internal/vectors'
import { afterAll, beforeAll, expect, test } from 'vitest'

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

test.each([
  [['sand'], ['sandbox']],
  [['card', 'un'], ['unbind']],
  [['card', 'unbind', '--no-a'], ['--no-agree']],
  [
    ['unbind', '--settle', ''],
    ['always', 'auto', 'never'],
  ],
  [['unbind', '--private-key', 'some'], ['(files)']],
  [['completion', 'z'], ['zsh']],
  [['help', 'ex'], ['exit']],
  [['nonsense', ''], []],
])('bash completes llpay %j', (words, expected) => {
  expect(completeInBash(...words)).toEqual(expected)
})
