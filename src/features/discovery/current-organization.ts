// Which organisation a command speaks of.

import type { Organization } from '../../domain/account.ts';
import { UsageError } from '../../domain/errors.ts';
import { type CommandEnvironment, commandLine } from '../../platform/command/environment.ts';
import type { Store } from '../../platform/store/contract.ts';
import { storedOrganizations } from './accounts-store.ts';

/** The organisation that commands speak of: the one that was discovered last. */
export async function currentOrganization(environment: CommandEnvironment, store: Store): Promise<Organization> {
  const organization = (await storedOrganizations(store.pool))[0];
  if (organization === undefined) {
    throw new UsageError('Nothing has been scanned yet.', {
      hint: `Run "${commandLine({ ...environment, demo: false }, environment.demo ? 'demo' : 'scan')}" first.`,
    });
  }
  return organization;
}
