// The completion script for bash. Candidates are compared as text and never expanded.

import { completeCommand } from './completion-tree.ts';
import type { CommandAt, CompletionCommand, Values } from './completion-tree.ts';

/** A word in single quotes. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The shell commands that offer values. */
function offer(values: Values): string {
  switch (values.from) {
    case 'list':
      return `_vedette_offer ${values.items.map(quote).join(' ')}`;
    case 'command':
      return `_vedette_ask ${values.kind}`;
    case 'files':
      return 'compopt -o default';
    case 'nowhere':
      return ':';
  }
}

function commandCase({ words, command }: CommandAt, root: CompletionCommand): string {
  const options = words.length === 0 ? command.options : [...command.options, ...root.options];
  const flags = options.flatMap((option) => option.flags);
  const withValues = options.flatMap(({ flags: names, values }) =>
    values === undefined ? [] : `        ${names.map(quote).join('|')}) ${offer(values)}; return ;;`,
  );
  const candidates = command.commands.map(({ name }) => name);
  return `    ${quote(words.join(' '))})
      case "$prev" in
${withValues.join('\n')}
      esac
      if [[ $cur == -* ]]; then _vedette_offer ${flags.map(quote).join(' ')}; return; fi
      ${candidates.length > 0 ? `_vedette_offer ${candidates.map(quote).join(' ')}` : offer(command.argument)} ;;`;
}

/** Load it with `eval "$(vedette completion bash)"`. */
export function bashScript(root: CompletionCommand, paths: readonly CommandAt[]): string {
  const known = paths.filter(({ words }) => words.length > 0).map(({ words }) => quote(words.join(' ')));
  return `# bash completion for vedette: eval "$(vedette completion bash)"
_vedette_match() {
  local line head=""
  [[ $cur == *,* ]] && head="\${cur%,*},"
  while IFS= read -r line; do
    line="\${line%%$'\\t'*}"
    [[ $line == "\${cur##*,}"* ]] && COMPREPLY+=("$head$line")
  done
}
_vedette_offer() { _vedette_match < <(printf '%s\\n' "$@"); }
_vedette_ask() { _vedette_match < <("\${COMP_WORDS[0]}" ${completeCommand} "$1" "\${extra[@]}" 2>/dev/null); }
_vedette() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word i
  local -a extra=()
  COMPREPLY=()
  [[ $cur == "=" ]] && cur=""
  [[ $prev == "=" ]] && prev="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    [[ $word == --demo ]] && extra+=(--demo)
    [[ $word == --data-dir ]] && extra+=(--data-dir "\${COMP_WORDS[i+1]}")
    case "\${path:+$path }$word" in
      ${known.join('|') || quote('')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${paths.map((at) => commandCase(at, root)).join('\n')}
  esac
}
complete -F _vedette vedette
`;
}
