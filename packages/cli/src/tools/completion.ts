import { ConfigError } from '@llpay/core'

import type { Command } from '../commands/command.ts'
import { SHELL_SCRIPTS } from '../completion/shell-scripts.ts'
import { EXIT } from '../exit-code.ts'

const SHELLS = Object.keys(SHELL_SCRIPTS)

/** `llpay completion`: what a shell runs to complete the words of llpay. */
export const completion: Command = {
  args: [{ name: 'SHELL', summary: SHELLS.join(', '), choices: SHELLS }],
  flags: [],
  notes: [
    'Put one of these where the shell reads it at its start:',
    [
      ['eval "$(llpay completion bash)"', 'in ~/.bashrc'],
      ['eval "$(llpay completion zsh)"', 'in ~/.zshrc, after compinit'],
      ['llpay completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
  ],
  async run({ flags, output }) {
    const [shell = ''] = flags.args
    const script = Object.hasOwn(SHELL_SCRIPTS, shell) ? SHELL_SCRIPTS[shell] : undefined
    if (script === undefined) {
      throw new ConfigError('ERR_CONFIG_USAGE', `The shell must be one of ${SHELLS.join(', ')}.`)
    }
    if (output.json) output.object({ ok: true, shell, script })
    else output.line(script)
    return EXIT.done
  },
}
