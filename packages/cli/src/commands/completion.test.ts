import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CLI_FILE, runCli } from '@internal/testkit/cli'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { listEntries } from '../program/entries.ts'
import { listBeginnings } from '../program/find-command.ts'
import { GROUPS } from '../program/groups.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-completion-'))
  symlinkSync(CLI_FILE, join(folder, 'llpay'))
  symlinkSync(process.execPath, join(folder, 'node'))
  mkdirSync(join(folder, 'config', 'llpay'), { recursive: true })
  writeFileSync(join(folder, 'config', 'llpay', 'live.json'), '{}')
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
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        XDG_CONFIG_HOME: join(folder, 'config'),
      },
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
  const env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
  }
  const out = execFileSync(shell, args, { env, encoding: 'utf8', cwd: folder, stdio: 'pipe' })
  return out
    .split('\n')
    .map((line) => line.split('\t')[0]?.trim() ?? '')
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
  [['help', 'card', 'unbind-'], ['unbind-many']],
  [['help', 'doc'], ['doctor']],
  [
    ['unbind', '--pay-type', ''],
    ['2', '3', 'D', 'P', 'M', 'F', 'N'],
  ],
  [['unbind', '--profile', 'li'], ['live']],
  [['verify', '--api', 'card.u'], ['card.unbind']],
  [
    ['sandbox', '--scenario', 'close'],
    ['close-before', 'close-after'],
  ],
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

const runComplete = (...words: string[]) => runCli(['complete', '--', ...words])

test('a candidate is described, in the language of the locale', async () => {
  expect((await runComplete('doc')).stdout).toBe(
    'doctor\tDiagnose configuration, keys and network\n',
  )
  const chinese = await runCli(['complete', '--', 'doc'], { LANG: 'zh_CN.UTF-8' })
  expect(chinese.stdout).toBe('doctor\t检查配置、密钥与网络\n')
})

test.each([
  ['as one word', ['unbind', '--settle=al'], '--settle=always\n'],
  ['as bash breaks it', ['unbind', '--settle', '=', 'al'], 'always\n'],
  ['as bash breaks it, without a value', ['unbind', '--settle', '='], 'always\nauto\nnever\n'],
])('a value behind an equals sign is completed: %s', async (_, words, expected) => {
  expect((await runComplete(...words)).stdout).toBe(expected)
})

/** What `llpay complete` prints. */
const complete = async (...args: string[]) =>
  (await runCli(['complete', '--', ...args])).stdout.trimEnd().split('\n')

test('a group is described, and flags in front of a command are passed over', async () => {
  expect(await complete('ke')).toEqual(['key\tGenerate, inspect and convert keys'])
  expect(await complete('sandbox', 'ca')).toEqual(['cards\tChange the cards of a running sandbox'])
  expect(await complete('--json', '--lang', 'zh', 'card', 'l')).toEqual([
    "list\tList a customer's bound bank cards",
  ])
})

test('every group has a description', async () => {
  const groups = listBeginnings(listEntries()).filter(
    (name) =>
      name !== 'help' && !listEntries().some(({ words, alias }) => [words, alias].includes(name)),
  )
  expect(Object.keys(GROUPS).toSorted()).toEqual(groups.toSorted())
})
