import { readFile } from '../config/files.ts'
import { KEY_FILE, KEY_NAME } from '../keys/any-key.ts'
import { inspectKey, KINDS } from '../keys/inspect-key.ts'
import { phrase, t, type Text } from '../output/language.ts'
import type { Command } from '../program/command.ts'
import { EXIT } from '../program/exit-code.ts'

/** `llpay key inspect`: what a file with a key is. */
export const keyInspect: Command = {
  args: [{ name: 'FILE', summary: KEY_FILE }],
  flags: [],
  notes: [
    t(
      'Shows nothing of the key itself. LLPAY_PRIVATE_KEY_PASSPHRASE opens an encrypted one.',
      '不显示密钥本身。带口令的密钥用 LLPAY_PRIVATE_KEY_PASSPHRASE 打开。',
    ),
  ],
  examples: [
    [t('Inspect a file', '查看一个文件'), 'llpay key inspect merchant.pem'],
    [
      t('Inspect what is on standard input', '查看标准输入的内容'),
      'llpay key inspect - < merchant.pem',
    ],
  ],
  async run({ flags, env, output }) {
    const bytes = readFile(flags.args[0] ?? '-', KEY_NAME)
    const { notes, ...facts } = inspectKey(bytes, env['LLPAY_PRIVATE_KEY_PASSPHRASE'])
    if (output.json) {
      output.object({
        ok: true,
        ...facts,
        notes: notes.map(({ text, fix }) => `${text.en} ${fix.en}`),
      })
      return EXIT.done
    }
    const { container, form, bits, exponent, isSandbox } = facts
    const marked = isSandbox ? t(' (a key of the sandbox)', '（沙箱密钥）') : ''
    output.rows([
      [t('kind', '类型'), KINDS[facts.kind]],
      [t('container', '容器'), t(`${container}, as ${form}`, `${container}，${form}`)],
      [t('bits', '位数'), String(bits)],
      [t('exponent', '指数'), phrase((say) => exponent + say(marked))],
      ['SHA-256', facts.fingerprint],
      ...notes.map(({ text, fix }): [Text, Text] => [
        t('note', '提示'),
        t(`${text.en} ${fix.en}`, text.zh + fix.zh),
      ]),
    ])
    return EXIT.done
  },
}
