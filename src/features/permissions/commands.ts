// vedette permissions

import { type Command, Option } from 'commander';
import { isUnread } from '../../domain/evidence.ts';
import { UsageError } from '../../domain/errors.ts';
import { partitions, parseArn, type Partition } from '../../domain/arn.ts';
import { type Act, type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import { regionOperations } from '../../platform/aws/regions.ts';
import { externalIdOf, installationSecret } from '../../platform/store/installation.ts';
import { organizationOperations, storedAccounts, storedOrganizations } from '../discovery/index.ts';
import { collectors } from '../inventory/index.ts';
import { type PermissionFormat, permissionFormats, renderPermissions } from './index.ts';

/** Everything that a scan calls in every account. */
export const memberOperations: readonly string[] = [
  ...new Set([...collectors.flatMap((one) => one.collector.operations), ...regionOperations]),
].sort();

interface Options {
  format: PermissionFormat;
  principal: string;
  organizationId?: string;
  accounts?: readonly string[];
}

async function permissions(environment: CommandEnvironment, options: Options): Promise<number> {
  const { values } = environment.config;
  const partition = parseArn(options.principal)?.partition;
  if (partition === undefined || !partitions.includes(partition as Partition)) {
    throw new UsageError('--principal must be the ARN of the role or user under which Vedette runs.', {
      hint: 'For example --principal arn:aws:iam::111122223333:role/Vedette',
      place: { key: '--principal' },
    });
  }
  const store = await environment.openStore();
  const secret = await installationSecret(store);
  const organization = (await storedOrganizations(store.pool)).find(
    (one) => one.reachable && one.partition === partition,
  );
  const known = organization === undefined ? [] : await storedAccounts(store.pool, organization.id);
  const ids =
    values.accounts ??
    known.filter((account) => !account.left && account.status === 'ACTIVE').map((account) => account.id);
  if (organization !== undefined && isUnread(organization.managementAccount)) {
    environment.progress.message(
      'The management account could not be read; the role is described for all accounts that are known.',
    );
  }
  const text = renderPermissions(options.format, {
    partition: partition as Partition,
    operations: memberOperations,
    callerOperations: organizationOperations,
    roleName: values.roleName,
    principal: options.principal,
    organizationId: options.organizationId ?? organization?.id,
    accounts: ids.map((id) => ({ id, externalId: values.externalId ?? externalIdOf(secret, id) })),
    sourceIdentity: values.sourceIdentity !== undefined,
  });
  environment.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  if (ids.length === 0) {
    environment.progress.message(
      `No account is known yet, so the external id is a parameter. Run "${commandLine(environment, 'scan')}" in the management account first, or name accounts with --accounts.`,
    );
  }
  return 0;
}

/** @param withSettings adds the shared options for accounts, role name and external id */
export function registerPermissions(program: Command, act: Act, withSettings: (command: Command) => Command): void {
  withSettings(
    program
      .command('permissions')
      .description('the read role to install in every account, generated from what a scan calls'),
  )
    .addOption(new Option('--format <format>', 'how to print it').choices(permissionFormats).default('cloudformation'))
    .requiredOption('--principal <arn>', 'the role or user under which Vedette runs')
    .option('--organization-id <o-…>', 'for aws:PrincipalOrgID; by default that of the last scan')
    .addHelpText(
      'after',
      `
Example:
  vedette permissions --principal arn:aws:iam::111122223333:role/Vedette > role.yaml`,
    )
    .action(act(permissions));
}
