// Counts and settings of IAM in one account, and the root user's virtual MFA devices.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html

import { GetAccountSummaryCommand, IAMClient, paginateListVirtualMFADevices } from '@aws-sdk/client-iam';
import type { Resource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const type = 'AWS::IAM::AccountSummary';

/** Serial numbers of the virtual devices that are assigned to the root user. */
async function rootDevices(context: CollectContext): Promise<string[]> {
  const must = membersOf('iam:ListVirtualMFADevices');
  const serials: string[] = [];
  const pages = paginateListVirtualMFADevices(
    { client: context.client(IAMClient) },
    { AssignmentStatus: 'Assigned' },
    { abortSignal: context.signal },
  );
  for await (const page of pages)
    for (const device of must(page.VirtualMFADevices, 'VirtualMFADevices')) {
      const serial = must(device.SerialNumber, 'SerialNumber');
      const ofRoot = device.User?.Arn?.endsWith(':root') ?? serial.endsWith(':mfa/root-account-mfa-device');
      if (ofRoot) serials.push(serial);
    }
  return serials;
}

async function readSummary(context: CollectContext): Promise<Resource<typeof type>> {
  const must = membersOf('iam:GetAccountSummary');
  const client = context.client(IAMClient);
  const answer = await client.send(new GetAccountSummaryCommand({}), { abortSignal: context.signal });
  const summary: Partial<Record<string, number>> = must(answer.SummaryMap, 'SummaryMap');
  const parts = partsOf(context, []);
  const rootPassword = summary['AccountPasswordPresent'];
  return resourceOf(context, type, {
    arn: settingArn(context, 'iam', '', 'account-summary'),
    name: 'IAM of the account',
    region: 'global',
    tags: {},
    config: {
      rootAccessKeysPresent: must(summary['AccountAccessKeysPresent'], 'AccountAccessKeysPresent') > 0,
      rootMfaEnabled: must(summary['AccountMFAEnabled'], 'AccountMFAEnabled') > 0,
      rootPasswordPresent: rootPassword === undefined ? null : rootPassword > 0,
      users: must(summary['Users'], 'Users'),
      rootVirtualMfaDevices: await parts.always('iam:ListVirtualMFADevices', () => rootDevices(context)),
    },
  });
}

export const collector: Collector = {
  scope: 'global',
  types: [type],
  operations: ['iam:GetAccountSummary', 'iam:ListVirtualMFADevices'],
  events: [
    'CreateUser DeleteUser CreateAccessKey DeleteAccessKey CreateVirtualMFADevice DeleteVirtualMFADevice',
    'EnableMFADevice DeactivateMFADevice',
  ].flatMap((names) => names.split(' ').map((name) => `iam:${name}`)),
  async *collect(context) {
    yield { resources: [await readSummary(context)] };
  },
  refresh: readSummary,
};
