import type { Command } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { EXIT } from '../exit-code.ts'
import { inspectKey } from '../keys/inspect-key.ts'
import { rows } from '../output/rows.ts'

/** `llpay key inspect`: what a file with a key is. */
export const keyInspect: Command = {
  args: [{ name: 'FILE', summary: 'The file with the key; - is standard input' }],
  flags: [],
  notes: ['Shows nothing of the key. LLPAY_PRIVATE_KEY_PASSPHRASE opens one that is encrypted.'],
  async run({ flags, env, output }) {
    const bytes = readFile(flags.args[0] ?? '-', 'The key')
    const { notes, ...facts } = inspectKey(bytes, env['LLPAY_PRIVATE_KEY_PASSPHRASE'])
    if (output.json) {
      output.object({ ok: true, ...facts, notes })
      return EXIT.done
    }
    const lines: [string, string][] = [
      ['kind', facts.kind],
      ['container', `${facts.container}, as ${facts.form}`],
      ['bits', String(facts.bits)],
      ['exponent', `${facts.exponent}${facts.isSandbox ? ' (a key of the sandbox)' : ''}`],
      ['SHA-256', facts.fingerprint],
      ...notes.map((note): [string, string] => ['note', note]),
    ]
    for (const line of rows(lines)) output.line(line)
    return EXIT.done
  },
}
