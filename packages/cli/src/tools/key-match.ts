import { KeyError } from '@llpay/core'

import type { Command } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { EXIT } from '../exit-code.ts'
import { inspectKey } from '../keys/inspect-key.ts'
import { rows } from '../output/rows.ts'

/** `llpay key match`: whether two files belong to one pair. */
export const keyMatch: Command = {
  args: [
    { name: 'A', summary: 'A private key, a public key or a certificate' },
    { name: 'B', summary: 'Another one' },
  ],
  flags: [],
  notes: ['Exit status 0 where they belong together, 2 where they do not.'],
  async run({ flags, env, output }) {
    const [first, second] = flags.args.map((file) =>
      inspectKey(readFile(file, 'The key'), env['LLPAY_PRIVATE_KEY_PASSPHRASE']),
    )
    if (first?.fingerprint !== second?.fingerprint) {
      throw new KeyError(
        'ERR_KEY_MISMATCH',
        `The two do not belong together: the ${first?.kind} of ${first?.bits} bits and the ${second?.kind} of ${second?.bits} bits are of different pairs.`,
      )
    }
    const kinds = [first?.kind ?? '', second?.kind ?? '']
    if (output.json) {
      output.object({ ok: true, match: true, kinds, fingerprint: first?.fingerprint })
      return EXIT.done
    }
    output.line(output.paint('good', 'they belong together'))
    const lines: [string, string][] = [
      ['A', kinds[0] ?? ''],
      ['B', kinds[1] ?? ''],
      ['SHA-256', first?.fingerprint ?? ''],
    ]
    for (const line of rows(lines)) output.line(line)
    return EXIT.done
  },
}
