// The completion script for zsh.

import { quote } from './completion-bash.ts';
import { completeCommand } from './completion-tree.ts';
import type { CommandAt, CompletionCommand, Values } from './completion-tree.ts';

/** `name:description`, as _describe reads it. */
const described = (name: string, description: string): string =>
  quote(`${name.replaceAll(':', String.raw`\:`)}:${description.replace(/\s+/g, ' ').slice(0, 70)}`);

function offer(values: Values): string {
  switch (values.from) {
    case 'list':
      return `_vedette_offer ${values.items.map((item) => quote(item)).join(' ')}`;
    case 'command':
      return `_vedette_ask ${values.kind}`;
    case 'files':
      return '_files';
    case 'nowhere':
      return ':';
  }
}

function commandCase({ words, command }: CommandAt, root: CompletionCommand): string {
  const options = words.length === 0 ? command.options : [...command.options, ...root.options];
  const flags = options.flatMap(({ flags: names, description }) => names.map((name) => described(name, description)));
  const withValues = options.flatMap(({ flags: names, values }) =>
    values === undefined ? [] : `        ${names.map(quote).join('|')}) ${offer(values)}; return ;;`,
  );
  const candidates = command.commands.map(({ name, description }) => described(name, description));
  return `    ${quote(words.join(' '))})
      case "$prev" in
${withValues.join('\n')}
      esac
      if [[ $cur == -* ]]; then candidates=(${flags.join(' ')}); _describe -o option candidates; return; fi
      ${candidates.length > 0 ? `candidates=(${candidates.join(' ')}); _describe command candidates` : offer(command.argument)} ;;`;
}

/** Write it to a file `_vedette` in a folder of `$fpath`, or `eval "$(vedette completion zsh)"` after compinit. */
export function zshScript(root: CompletionCommand, paths: readonly CommandAt[]): string {
  const known = paths.filter(({ words }) => words.length > 0).map(({ words }) => quote(words.join(' ')));
  return `#compdef vedette
# zsh completion for vedette: eval "$(vedette completion zsh)"
_vedette_offer() {
  compset -P '*,'
  compadd -- "$@"
}
_vedette_ask() {
  local line
  local -a names shown
  for line in "\${(@f)$("$words[1]" ${completeCommand} "$1" "\${extra[@]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    names+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  }")
  done
  compset -P '*,'
  compadd -l -d shown -a -- names
}
_vedette() {
  local cur="$words[CURRENT]" prev="$words[CURRENT-1]" at="" word
  local -i i
  local -a extra candidates
  for ((i = 2; i < CURRENT; i++)); do
    word="$words[i]"
    [[ $word == --demo ]] && extra+=(--demo)
    [[ $word == --data-dir ]] && extra+=(--data-dir "$words[i+1]")
    case "\${at:+$at }$word" in
      ${known.join('|') || quote('')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${paths.map((at) => commandCase(at, root)).join('\n')}
  esac
}
if [[ $funcstack[1] == _vedette ]]; then _vedette "$@"; else compdef _vedette vedette; fi
`;
}
