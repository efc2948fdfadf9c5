import type { Command } from '../commands/command.ts'
import { completeWords } from '../completion/complete-words.ts'
import { EXIT } from '../exit-code.ts'

/** `llpay complete`: what the scripts of `llpay completion` ask. */
export const complete: Command = {
  args: [{ name: 'WORD', summary: 'The words so far, behind --', optional: true, multiple: true }],
  flags: [],
  async run({ flags, output }) {
    const candidates = await completeWords(flags.args)
    if (output.json) output.object({ ok: true, candidates })
    else for (const candidate of candidates) output.line(candidate)
    return EXIT.done
  },
}
