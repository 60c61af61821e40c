// vedette findings verify

import type { Command } from 'commander';
import { type Act, type CommandEnvironment } from '../../platform/command/environment.ts';
import { type PrintOptions, addPrintOption, printJson } from '../../platform/command/print.ts';
import { exitCodes } from './exit-codes.ts';
import { addAccessOptions } from './program.ts';

async function verify(
  environment: CommandEnvironment,
  names: readonly string[],
  options: PrintOptions,
): Promise<number> {
  // Loaded late: listing findings needs no client of AWS.
  const { outcomeOf, renderVerifications, verifyBySettings } = await import('../../features/scan/commands.ts');
  const verifications = await verifyBySettings(environment, names);
  if (options.output === 'json') {
    printJson(environment, {
      verifications: verifications.map(({ finding, ...one }) => ({ outcome: outcomeOf(one), ...one, finding })),
    });
  } else environment.stdout.write(renderVerifications(verifications, environment.style));
  const outcomes = new Set(verifications.map(outcomeOf));
  if (outcomes.has('fails')) return exitCodes.findings;
  return outcomes.has('unknown') ? exitCodes.incomplete : exitCodes.done;
}

/** Adds `verify` to the command `findings`. */
export function registerVerify(program: Command, act: Act): void {
  const findings = program.commands.find((command) => command.name() === 'findings');
  const command = findings
    ?.command('verify')
    .argument('<findings...>', 'ids of findings or their beginnings, or ARNs of resources that have some')
    .description('read again what findings are about, after a fix, and judge it anew within seconds');
  if (command !== undefined) addAccessOptions(addPrintOption(command)).action(act(verify));
}
