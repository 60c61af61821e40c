// vedette completion <shell>, and the hidden command that its scripts ask for values.

import { existsSync } from 'node:fs';
import { Argument, type Command } from 'commander';
import { partitions } from '../../domain/arn.ts';
import { checks, createCatalogue } from '../../features/checks/index.ts';
import { currentOrganization, storedAccounts } from '../../features/discovery/index.ts';
import { activeStates, listFindings } from '../../features/findings/index.ts';
import { knownRegions } from '../../platform/aws/partitions.ts';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { completionLines, completionScript, shells } from './completion.ts';
import { valueKinds } from './completion-tree.ts';
import type { ValueKind } from './completion-tree.ts';

export interface CompletionValue {
  value: string;
  description?: string;
}

const offeredFindings = 200;

/** Values that only the store knows. Pressing a key makes no store where there is none. */
async function storedValues(
  environment: CommandEnvironment,
  kind: 'accounts' | 'findings',
): Promise<CompletionValue[]> {
  const { values } = environment.config;
  if (!existsSync(environment.dataDir) && (environment.demo || values.databaseUrl === undefined)) return [];
  const store = await environment.openStore();
  const organization = await currentOrganization(environment, store);
  if (kind === 'accounts') {
    const accounts = await storedAccounts(store.pool, organization.id);
    return accounts.map(({ id, name }) => ({ value: id, description: name }));
  }
  const scope = { organization: organization.id };
  const { findings } = await listFindings(store, scope, { states: activeStates }, { limit: offeredFindings });
  return findings.map(({ id, severity, title }) => ({ value: id, description: `${severity}: ${title}` }));
}

/** What may stand in the place of a word. */
export async function completionValues(environment: CommandEnvironment, kind: ValueKind): Promise<CompletionValue[]> {
  switch (kind) {
    case 'checks':
      return createCatalogue(checks).entries.map(({ id, check }) => ({ value: id, description: check.title }));
    case 'services':
      return createCatalogue(checks).services.map((value) => ({ value }));
    case 'regions':
      return partitions.flatMap((partition) => knownRegions(partition)).map((value) => ({ value }));
    case 'accounts':
    case 'findings':
      return await storedValues(environment, kind);
  }
}

/** Registers both. Call it last: a script knows the commands that are registered when it is printed. */
export function registerCompletion(program: Command, act: Act, completeCommand: string): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', '\nLoad it with:\n  eval "$(vedette completion bash)"\n  vedette completion fish | source')
    .action(
      act(async (environment, shell: string) => {
        environment.stdout.write(completionScript(program, shell));
        return 0;
      }),
    );
  program
    .command(completeCommand, { hidden: true })
    .addArgument(new Argument('<kind>').choices(valueKinds))
    .action(
      act(async (environment, kind: ValueKind) => {
        environment.stdout.write(completionLines(await completionValues(environment, kind)));
        return 0;
      }),
    );
}
