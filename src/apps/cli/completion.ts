// Shell completion: commands and options are written into the script, values that change are asked for.

import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.ts';
import { nearestName } from '../../platform/terminal/nearest.ts';
import { sanitize } from '../../platform/terminal/sanitize.ts';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import { commandPaths, completionTree } from './completion-tree.ts';
import { zshScript } from './completion-zsh.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * What the hidden command prints for values: `value<TAB>description`, one a line. A value that a shell could read as
 * anything but a word is left out, and descriptions are inert.
 */
export function completionLines(values: Iterable<{ value: string; description?: string }>): string {
  let text = '';
  for (const { value, description = '' } of values) {
    if (!/^[\w.:/@+-]{1,200}$/.test(value)) continue;
    const said = sanitize(description, { maxLength: 60 });
    text += said === '' ? `${value}\n` : `${value}\t${said}\n`;
  }
  return text;
}

/**
 * The completion script of a shell.
 * @throws UsageError for a shell that there is no script for
 */
export function completionScript(program: Command, shell: string): string {
  const tree = completionTree(program);
  switch (shell) {
    case 'bash':
      return bashScript(tree, commandPaths(tree));
    case 'zsh':
      return zshScript(tree, commandPaths(tree));
    case 'fish':
      return fishScript(tree, commandPaths(tree));
    default: {
      const nearest = nearestName(shell, shells);
      throw new UsageError(`There is no completion for ${shell.slice(0, 40)}.`, {
        hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Shells: ${shells.join(', ')}.`,
      });
    }
  }
}
