const BASH = `_llpay() {
  local candidates
  candidates=$(llpay complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ "$candidates" = ":files" ]; then
    compopt -o default
    COMPREPLY=()
  else
    COMPREPLY=($candidates)
  fi
}
complete -F _llpay llpay`

const ZSH = `_llpay() {
  local -a candidates
  candidates=(\${(f)"$(llpay complete -- "\${(@)words[2,$CURRENT]}" 2>/dev/null)"})
  if [[ "\${candidates[1]}" == ":files" ]]; then
    _files
  else
    compadd -a candidates
  fi
}
compdef _llpay llpay`

const FISH = `function __llpay_complete
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    set -l candidates (llpay complete -- $words 2>/dev/null)
    if test "$candidates[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $candidates
    end
end
complete -c llpay -f -a '(__llpay_complete)'`

/** What each shell runs to complete the words of llpay: all ask `llpay complete`. */
export const SHELL_SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH }
