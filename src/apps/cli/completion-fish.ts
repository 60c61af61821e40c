// The completion script for fish.

import { completeCommand } from './completion-tree.ts';
import type { CommandAt, CompletionCommand, CompletionOption, Values } from './completion-tree.ts';

/** A word in fish's single quotes, where only the quote and the backslash mean something. */
const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const short = (description: string): string => description.replace(/\s+/g, ' ').slice(0, 70);

/** The arguments of `complete` that say where values come from. */
function offer(values: Values): string {
  switch (values.from) {
    case 'list':
      return `-x -a ${quote(values.items.join(' '))}`;
    case 'command':
      return `-x -a '(__vedette_ask ${values.kind})'`;
    case 'files':
      return '-r -F';
    case 'nowhere':
      return '-x';
  }
}

function optionLine(option: CompletionOption, condition: string): string {
  const names = option.flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const values = option.values === undefined ? '' : ` ${offer(option.values)}`;
  return `complete -c vedette${condition} ${names.join(' ')}${values} -d ${quote(short(option.description))}`;
}

function commandLines({ words, command }: CommandAt): string[] {
  const condition = ` -n ${quote(`__vedette_at ${quote(words.join(' '))}`)}`;
  // The program's own options are valid everywhere.
  const options = command.options.map((option) => optionLine(option, words.length === 0 ? '' : condition));
  const commands = command.commands.map(
    ({ name, description }) => `complete -c vedette${condition} -a ${quote(name)} -d ${quote(short(description))}`,
  );
  const { argument } = command;
  const values =
    command.commands.length > 0 || argument.from === 'nowhere' ? [] : [offer(argument).replace(/^-[xr] /, '')];
  return [...options, ...commands, ...values.map((one) => `complete -c vedette${condition} ${one}`)];
}

/** Load it with `vedette completion fish | source`. */
export function fishScript(_root: CompletionCommand, paths: readonly CommandAt[]): string {
  const known = paths.filter(({ words }) => words.length > 0).map(({ words }) => quote(words.join(' ')));
  return `# fish completion for vedette: vedette completion fish | source
function __vedette_path
  set -l path ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$path $word")
    contains -- "$next" ${known.join(' ') || "''"}; and set path "$next"
  end
  echo -- $path
end
function __vedette_at
  test (__vedette_path) = "$argv[1]"
end
function __vedette_ask
  set -l words (commandline -opc)
  set -l extra
  contains -- --demo $words; and set -a extra --demo
  set -l at (contains -i -- --data-dir $words); and set -a extra --data-dir $words[(math $at + 1)]
  set -l head (string match -r -- '^.*,' (commandline -ct))
  for line in ($words[1] ${completeCommand} $argv[1] $extra 2>/dev/null)
    echo -- "$head$line"
  end
end
complete -c vedette -f
${paths.flatMap(commandLines).join('\n')}
`;
}
