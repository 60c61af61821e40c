// Amazon Inspector: what it scans in this account and region, and who administers it.

import {
  type AccountState,
  BatchGetAccountStatusCommand,
  GetDelegatedAdminAccountCommand,
  Inspector2Client,
} from '@aws-sdk/client-inspector2';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, settingArn } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { partsOf } from '../../parts.ts';

const operation = 'inspector2:BatchGetAccountStatus';
const administratorOperation = 'inspector2:GetDelegatedAdminAccount';
const must = membersOf(operation);

/**
 * The account's state. Inspector answers refusals inside a successful answer: those are thrown as what they are.
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html
 */
async function getState(context: CollectContext): Promise<AccountState> {
  const command = new BatchGetAccountStatusCommand({ accountIds: [context.account] });
  const answer = await context.client(Inspector2Client).send(command, { abortSignal: context.signal });
  const failed = answer.failedAccounts?.find(({ accountId }) => accountId === context.account);
  if (failed !== undefined) {
    const name = failed.errorCode === 'ACCESS_DENIED' ? 'AccessDeniedException' : (failed.errorCode ?? 'Failed');
    const message = failed.errorMessage ?? 'Inspector did not give the status of the account.';
    throw Object.assign(new Error(message), { name, vedetteOperation: operation });
  }
  const state = answer.accounts?.find(({ accountId }) => accountId === context.account);
  return must(state, 'accounts[]');
}

async function readStatus(context: CollectContext): Promise<AnyResource> {
  const account = await getState(context);
  const status = must(account.state?.status, 'state.status');
  const states = Object.entries(must(account.resourceState, 'resourceState')).filter(
    ([, state]) => state !== undefined,
  );
  const resourceStatus = Object.fromEntries(
    states.map(([kind, state]: [string, { status?: string | undefined } | undefined]) => [
      kind,
      must(state?.status, `resourceState.${kind}.status`),
    ]),
  );
  const administratorAccount = await partsOf(context, []).optional(administratorOperation, async () => {
    const command = new GetDelegatedAdminAccountCommand({});
    const answer = await context.client(Inspector2Client).send(command, { abortSignal: context.signal });
    const id = membersOf(administratorOperation)(answer.delegatedAdmin?.accountId, 'delegatedAdmin.accountId');
    return id === context.account ? null : id;
  }, ['ResourceNotFoundException']);
  return resourceOf(context, 'AWS::InspectorV2::AccountStatus', {
    arn: settingArn(context, 'inspector2', context.region, 'account-status'),
    name: 'Amazon Inspector',
    tags: {},
    config: { status, resourceStatus, administratorAccount },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::InspectorV2::AccountStatus'],
  operations: [operation, administratorOperation],
  events: [
    'inspector2:Enable',
    'inspector2:Disable',
    'inspector2:EnableDelegatedAdminAccount',
    'inspector2:DisableDelegatedAdminAccount',
  ],
  async *collect(context) {
    yield { resources: [await readStatus(context)] };
  },
  refresh: readStatus,
};
