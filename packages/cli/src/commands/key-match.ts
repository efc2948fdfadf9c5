import { KeyError } from '@llpay/core'

import { readFile } from '../config/files.ts'
import { refuseStdinTwice } from '../config/sources.ts'
import { KEY_NAME } from '../keys/any-key.ts'
import { inspectKey, KINDS, type KeyFacts } from '../keys/inspect-key.ts'
import { t } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { errorText } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

const mismatch = (first: KeyFacts, second: KeyFacts) =>
  new KeyError(
    'ERR_KEY_MISMATCH',
    errorText(
      'key.no-match',
      t(
        `The two do not belong together: the ${first.kind} of ${first.bits} bits and the ${second.kind} of ${second.bits} bits are from different pairs.`,
        `两者不配对：${first.bits} 位${KINDS[first.kind].zh}与 ${second.bits} 位${KINDS[second.kind].zh}来自不同的密钥对。`,
      ),
      t(
        'llpay key inspect FILE shows the fingerprint of each.',
        '用 llpay key inspect FILE 查看各自的指纹。',
      ),
    ),
  )

/** `llpay key match`: whether two files belong to one pair. */
export const keyMatch: Command = {
  args: [
    {
      name: 'A',
      summary: t(
        'A private key, a public key or a certificate; - is standard input',
        '私钥、公钥或证书；- 为标准输入',
      ),
    },
    { name: 'B', summary: t('Another one', '另一个') },
  ],
  flags: [],
  notes: [
    t(
      'Exits with 0 if they belong together, with 2 if they do not.',
      '配对时退出码为 0，不配对时为 2。',
    ),
  ],
  examples: [
    [
      t('Check the two halves of a pair', '检查一对密钥的两半'),
      'llpay key match merchant.pem merchant.pem.pub',
    ],
    [
      t('Check a file against standard input', '与标准输入比对'),
      'llpay key match merchant.pem - < public.txt',
    ],
  ],
  async run({ flags, env, output }) {
    const [a = '', b = ''] = flags.args
    refuseStdinTwice([
      { name: 'A', file: a },
      { name: 'B', file: b },
    ])
    const inspect = (file: string) =>
      inspectKey(readFile(file, KEY_NAME), env['LLPAY_PRIVATE_KEY_PASSPHRASE'])
    const [first, second] = [inspect(a), inspect(b)]
    if (first.fingerprint !== second.fingerprint) throw mismatch(first, second)
    if (output.json) {
      const kinds = [first.kind, second.kind]
      output.object({ ok: true, match: true, kinds, fingerprint: first.fingerprint })
      return EXIT.done
    }
    output.line(output.paint('good', t('they belong together', '两者配对')))
    output.rows([
      ['A', KINDS[first.kind]],
      ['B', KINDS[second.kind]],
      ['SHA-256', first.fingerprint],
    ])
    return EXIT.done
  },
}
