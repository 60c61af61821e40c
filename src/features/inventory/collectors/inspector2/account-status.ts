// Amazon Inspector: what it scans in this account and region, and who administers it.

import {
  BatchGetAccountStatusCommand,
  GetDelegatedAdminAccountCommand,
  Inspector2Client,
} from '@aws-sdk/client-inspector2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const operation = 'inspector2:BatchGetAccountStatus';

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html */
async function readStatus(context: CollectContext): Promise<AnyResource> {
  const must = membersOf(operation);
  const client = context.client(Inspector2Client);
  const options = { abortSignal: context.signal };
  const answer = await client.send(new BatchGetAccountStatusCommand({ accountIds: [context.account] }), options);
  const account = must(
    answer.accounts?.find((one) => one.accountId === context.account),
    'accounts[]',
  );
  const resourceStatus: Record<string, string> = {};
  for (const [name, state] of Object.entries(must(account.resourceState, 'resourceState')))
    resourceStatus[name] = must((state as { status?: string } | undefined)?.status, `resourceState.${name}.status`);
  const parts = partsOf(context, []);
  const administratorAccount = await parts.optional(
    'inspector2:GetDelegatedAdminAccount',
    async () => {
      const found = await client.send(new GetDelegatedAdminAccountCommand({}), options);
      const id = textOrNull(found.delegatedAdmin?.accountId);
      return id === context.account ? null : id;
    },
    ['ResourceNotFoundException'],
  );
  return resourceOf(context, 'AWS::InspectorV2::AccountStatus', {
    arn: settingArn(context, 'inspector2', context.region, 'account-status'),
    name: 'Amazon Inspector',
    tags: {},
    config: { status: must(account.state?.status, 'state.status'), resourceStatus, administratorAccount },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::InspectorV2::AccountStatus'],
  operations: [operation, 'inspector2:GetDelegatedAdminAccount'],
  events: ['inspector2:Enable', 'inspector2:Disable'],
  async *collect(context) {
    yield { resources: [await readStatus(context)] };
  },
  refresh: (context) => readStatus(context),
};
