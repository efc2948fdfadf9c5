import { t } from '../output/language.ts'
import { choose } from '../program/choose.ts'
import type { Command } from '../program/command.ts'
import { usageError } from '../program/errors.ts'
import { EXIT } from '../program/exit-code.ts'

const BASH = String.raw`_llpay() {
  local line files= current="${'$'}{COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ":files" ]; then
      files=1
    else
      COMPREPLY+=("${'$'}{line%%${'$'}'\t'*}")
    fi
  done < <(llpay complete -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ -n "$files" ]; then
    if [ "${'$'}{#COMPREPLY[@]}" -eq 0 ]; then
      compopt -o default
    else
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    fi
  fi
}
complete -F _llpay llpay`

const ZSH = String.raw`_llpay() {
  local line files
  local -a values shown
  for line in "${'$'}{(@f)$(llpay complete -- "${'$'}{(@)words[2,$CURRENT]}" 2>/dev/null)}"; do
    if [[ "$line" == ":files" ]]; then
      files=1
    elif [[ -n "$line" ]]; then
      values+=("${'$'}{line%%${'$'}'\t'*}")
      shown+=("${'$'}{line/${'$'}'\t'/  -- }")
    fi
  done
  if (( ${'$'}{#values} )); then compadd -l -d shown -a values; fi
  if [[ -n "$files" ]]; then _files; fi
}
compdef _llpay llpay`

const FISH = String.raw`function __llpay_complete
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    for line in (llpay complete -- $words 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $line
        end
    end
end
complete -c llpay -f -a '(__llpay_complete)'`

/** What each shell runs to complete the words of llpay: all ask `llpay complete`. */
const SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH }

const SHELLS = Object.keys(SCRIPTS)

/** `llpay completion`: what a shell runs to complete the words of llpay. */
export const completion: Command = {
  args: [
    {
      name: 'SHELL',
      summary: t(`The shell: ${SHELLS.join(', ')}`, `shell：${SHELLS.join('、')}`),
      choices: SHELLS,
    },
  ],
  flags: [],
  notes: [
    t(
      'Put one of these where the shell reads it at its start:',
      '把下列之一放进 shell 的启动文件：',
    ),
    [
      ['eval "$(llpay completion bash)"', t('in ~/.bashrc', '写入 ~/.bashrc')],
      [
        'eval "$(llpay completion zsh)"',
        t('in ~/.zshrc, after compinit', '写入 ~/.zshrc，在 compinit 之后'),
      ],
      [
        'llpay completion fish | source',
        t('in ~/.config/fish/config.fish', '写入 ~/.config/fish/config.fish'),
      ],
    ],
  ],
  examples: [
    [t('Complete in this shell', '在当前 shell 中启用补全'), 'eval "$(llpay completion bash)"'],
    [
      t('Install it for fish', '为 fish 安装'),
      'llpay completion fish > ~/.config/fish/completions/llpay.fish',
    ],
  ],
  async run({ flags, output }) {
    const [shell = ''] = flags.args
    const reason = 'completion.shell'
    const script =
      SCRIPTS[choose(shell, { name: 'SHELL', choices: SHELLS, reason, refuse: usageError })]
    if (output.json) output.object({ ok: true, shell, script })
    else output.line(script ?? '')
    return EXIT.done
  },
}
